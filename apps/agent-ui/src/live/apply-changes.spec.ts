import { describe, expect, it } from '@jest/globals';
import { applyChanges } from './apply-changes.js';
import { buildChanges, buildMessage, buildTicket, buildView } from './testing/build-views.js';

const bodies = (view: { messages: { body: string }[] }) => view.messages.map(({ body }) => body);

describe('applying a frame to an opened conversation', () => {
  const view = buildView({ rev: 5, messages: [buildMessage({ seq: 1, rev: 2 }), buildMessage({ seq: 2, rev: 5 })] });

  it('takes in a frame that begins where the reader is', () => {
    const applied = applyChanges(
      view,
      buildChanges({ since: 5, rev: 6, messages: [buildMessage({ seq: 3, rev: 6 })] }),
    );
    expect(applied).toMatchObject({ outcome: 'applied', view: { parts: [{ rev: 6, lastSeq: 3 }], unread: 1 } });
    expect(applied.outcome === 'applied' && bodies(applied.view)).toEqual(['message 1', 'message 2', 'message 3']);
  });

  it('takes in a frame that begins earlier, without showing anything twice', () => {
    const messages = [buildMessage({ seq: 2, rev: 5 }), buildMessage({ seq: 3, rev: 6 })];
    const applied = applyChanges(view, buildChanges({ since: 3, rev: 6, messages }));
    expect(applied.outcome === 'applied' && bodies(applied.view)).toEqual(['message 1', 'message 2', 'message 3']);
    expect(applied.outcome === 'applied' && applied.view.unread).toBe(1);
  });

  it('drops a frame that is not newer', () => {
    expect(applyChanges(view, buildChanges({ since: 4, rev: 5 })).outcome).toBe('known');
  });

  it('reports a gap when something before the frame is missing', () => {
    expect(applyChanges(view, buildChanges({ since: 6, rev: 7 })).outcome).toBe('gap');
  });

  it('shows a receipt on the message it is about, and counts nothing as unread', () => {
    const receipt = buildMessage({ seq: 2, rev: 6, delivery: 'read' });
    const applied = applyChanges(view, buildChanges({ since: 5, rev: 6, lastSeq: 2, messages: [receipt] }));
    expect(applied).toMatchObject({ outcome: 'applied', view: { unread: 0 } });
    expect(applied.outcome === 'applied' && applied.view.messages[1]?.delivery).toBe('read');
  });

  it('keeps the newer of two states of a message when an older one comes late', () => {
    const late = buildMessage({ seq: 2, rev: 4, body: 'before the edit' });
    const applied = applyChanges(view, buildChanges({ since: 3, rev: 6, messages: [late] }));
    expect(applied.outcome === 'applied' && bodies(applied.view)).toEqual(['message 1', 'message 2']);
  });

  it('leaves out a changed message that lies before the loaded pages', () => {
    const scrolled = { ...view, messages: view.messages.slice(1), before: 'cursor' };
    const edited = buildMessage({ seq: 1, rev: 6, body: 'edited' });
    const applied = applyChanges(scrolled, buildChanges({ since: 5, rev: 6, messages: [edited] }));
    expect(applied.outcome === 'applied' && bodies(applied.view)).toEqual(['message 2']);
  });

  it('adds the conversation of somebody merged in as a part of its own', () => {
    const changes = buildChanges({
      conversation: 'other row',
      since: 0,
      rev: 1,
      messages: [buildMessage({ conversation: 'other row', seq: 1, rev: 1, body: 'from the other', minute: 9 })],
    });
    const applied = applyChanges(view, changes);
    expect(applied.outcome === 'applied' && applied.view.parts).toHaveLength(2);
    expect(applied.outcome === 'applied' && bodies(applied.view).at(-1)).toBe('from the other');
  });

  it('does not go back to an older version of a ticket', () => {
    const withTicket = { ...view, tickets: [buildTicket({ version: 4, state: 'solved' })] };
    const late = buildChanges({ since: 5, rev: 6, tickets: [buildTicket({ version: 3, state: 'open' })] });
    const applied = applyChanges(withTicket, late);
    expect(applied.outcome === 'applied' && applied.view.tickets[0]?.state).toBe('solved');
  });
});
