/** What telephones carry, and every exchange plays. */
export const telephoneRate = 8_000;
const headerBytes = 44;

/** Samples between -1 and 1 at 8 kHz as a WAV file of 16 bits, mono. */
export function encodeWav(samples: Float32Array): ArrayBuffer {
  const file = new ArrayBuffer(headerBytes + samples.length * 2);
  const view = new DataView(file);
  const word = (at: number, text: string): void =>
    Array.from(text).forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, file.byteLength - 8, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, telephoneRate, true);
  view.setUint32(28, telephoneRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    const clipped = Math.max(-1, Math.min(1, sample));
    view.setInt16(headerBytes + index * 2, Math.round(clipped * (clipped < 0 ? 0x8000 : 0x7fff)), true);
  });
  return file;
}

/** What is below this counts as silence. */
const quiet = 0.015;
const edge = telephoneRate * 0.1;
const loudEnough = 0.8;

/** A recording as it is to be played: without the silence before and behind it, and as loud as the others. Silence alone is nothing. */
export function tidied(samples: Float32Array): Float32Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > quiet);
  if (first === -1) {
    return new Float32Array();
  }
  const last = samples.findLastIndex((sample) => Math.abs(sample) > quiet);
  const cut = samples.slice(Math.max(0, first - edge), last + edge);
  const loudest = cut.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return cut.map((sample) => (sample / loudest) * loudEnough);
}
