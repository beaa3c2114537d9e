const asked = new Map<string, Promise<Response>>();

/**
 * Asks the hub for a path of the API before there is anything to show the answer: what the page begins with is on its way while its
 * scripts and texts are. Whoever asks for the same path first takes the answer.
 */
export function askEarly(path: string): void {
  const answer = fetch(`/api${path}`, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  asked.set(path, answer);
  const forget = () => void asked.delete(path);
  // A refusal may be over when it is asked again, and who fails to hear it asks by themselves.
  answer.then(({ ok }) => (ok ? undefined : forget()), forget);
}

/** The answer to what was asked for early, once; undefined where it was not. */
export function takeEarly(path: string): Promise<Response> | undefined {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
}
