import { replyMarkers } from '../outgoing/reply-marker.js';
import { foldLine } from './fold-line.js';

const markers = Object.values(replyMarkers).map((line) => foldLine(line.replaceAll(/^-+|-+$/gu, '').trim()));

/** What every marker says, in any language we write. */
const core = /above this line|بالای این خط/u;

/** A cheap look at a line as it stands, before it is folded. */
export function mayBeMarker(line: string): boolean {
  return core.test(line);
}

/** Whether a folded line holds a marker. Dashes may have been changed on the way. */
export function isMarkerLine(folded: string): boolean {
  return (
    folded.length < 200 &&
    core.test(folded) &&
    folded.includes('-') &&
    markers.some((marker) => folded.includes(marker))
  );
}
