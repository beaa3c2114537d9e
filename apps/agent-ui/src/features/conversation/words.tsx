import { Fragment } from 'react';
import { splitLinks } from './split-links.js';

/** What somebody wrote. It finds its own direction, line by line, and its web addresses can be followed. */
export function Words({ text }: { text: string }) {
  return (
    <div className="words" dir="auto">
      {splitLinks(text).map(({ text: piece, href }, index) =>
        href ? (
          // oxlint-disable-next-line react/no-array-index-key
          <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
            {piece}
          </a>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={index}>{piece}</Fragment>
        ),
      )}
    </div>
  );
}
