import { encodeWav, telephoneRate, tidied } from './encode-wav.js';

/** Sound that the browser cannot read, or in which nothing is to be heard. */
export class UnusableSound extends Error {
  constructor(readonly why: 'unreadable' | 'silent') {
    super(why);
    this.name = 'UnusableSound';
  }
}

/** Anything that this browser can play as a recording for the phone. Throws UnusableSound. */
export async function toTelephoneSound(file: Blob): Promise<Blob> {
  const samples = tidied(await decoded(await file.arrayBuffer()));
  if (samples.length === 0) {
    throw new UnusableSound('silent');
  }
  return new Blob([encodeWav(samples)], { type: 'audio/wav' });
}

/** Decoding at another rate resamples, and a context of one channel mixes what has two. */
async function decoded(bytes: ArrayBuffer): Promise<Float32Array> {
  try {
    const reading = new OfflineAudioContext(1, telephoneRate, telephoneRate);
    const sound = await reading.decodeAudioData(bytes);
    const mixing = new OfflineAudioContext(1, Math.max(1, sound.length), telephoneRate);
    const source = mixing.createBufferSource();
    source.buffer = sound;
    source.connect(mixing.destination);
    source.start();
    return (await mixing.startRendering()).getChannelData(0);
  } catch {
    throw new UnusableSound('unreadable');
  }
}
