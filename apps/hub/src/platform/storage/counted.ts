/** The same bytes, counted while they pass. */
export async function* counted(
  content: AsyncIterable<Uint8Array>,
  counter: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    counter.bytes += chunk.length;
    yield chunk;
  }
}
