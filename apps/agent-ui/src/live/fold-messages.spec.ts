import { describe, expect, it } from '@jest/globals';
import { inOrder } from '../api/in-order.js';
import { foldMessages, foldOlderPage } from './fold-messages.js';
import { buildMessage, buildView } from './testing/build-views.js';

const seqs = (view: { messages: { seq: number }[] }) => view.messages.map(({ seq }) => seq);
const [one, two, three] = [1, 2, 3].map((seq) => buildMessage({ seq })) as [
  ReturnType<typeof buildMessage>,
  ReturnType<typeof buildMessage>,
  ReturnType<typeof buildMessage>,
];

describe('the messages of an opened conversation', () => {
  it('come oldest first, whichever way the hub sent them', () => {
    expect(seqs(inOrder(buildView({ rev: 3, messages: [three, one, two] })))).toEqual([1, 2, 3]);
  });

  it('take an older page before them and move the cursor', () => {
    const view = { ...buildView({ rev: 3, messages: [three] }), before: 'at 3' };
    const older = foldOlderPage(view, { rows: [two, one], next: null });
    expect(seqs(older)).toEqual([1, 2, 3]);
    expect(older.before).toBeNull();
  });

  it('show nothing twice when pages overlap', () => {
    const view = { ...buildView({ rev: 3, messages: [two, three] }), before: 'at 2' };
    expect(seqs(foldOlderPage(view, { rows: [two, one], next: 'at 1' }))).toEqual([1, 2, 3]);
  });

  it('stay the same object when nothing is new, so that nothing is drawn again', () => {
    const view = buildView({ rev: 3, messages: [one, two] });
    expect(foldMessages(view, [one])).toBe(view);
  });
});
