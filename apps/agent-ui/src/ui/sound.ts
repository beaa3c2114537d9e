import { create } from 'zustand';
import { usePreferences } from './preferences.js';

export type Chime = 'work' | 'message';

/** Two notes each, in hertz: rising for new work, falling for a message. */
const notes: Record<Chime, readonly [number, number]> = { work: [660, 880], message: [740, 590] };
const noteSeconds = 0.16;

/** Whether the browser kept a sound back: it does until the page has been clicked or typed in. */
export const useSoundState = create<{ blocked: boolean }>()(() => ({ blocked: false }));

let context: AudioContext | undefined;

/** Makes the sound possible as soon as the browser allows it. */
export function unlockSound(): () => void {
  const unlock = () => {
    context ??= new AudioContext();
    void context.resume().then(() => useSoundState.setState({ blocked: false }));
  };
  const events = ['pointerdown', 'keydown'] as const;
  events.forEach((event) => document.addEventListener(event, unlock, { once: true }));
  return () => events.forEach((event) => document.removeEventListener(event, unlock));
}

export function play(chime: Chime): void {
  if (!usePreferences.getState().sound) {
    return;
  }
  if (context?.state !== 'running') {
    useSoundState.setState({ blocked: true });
    return;
  }
  const speaker = context;
  notes[chime].forEach((frequency, index) => {
    const start = speaker.currentTime + index * noteSeconds;
    const tone = new OscillatorNode(speaker, { frequency, type: 'sine' });
    const volume = new GainNode(speaker, { gain: 0 });
    volume.gain.setTargetAtTime(0.18, start, 0.01);
    volume.gain.setTargetAtTime(0, start + noteSeconds * 0.6, 0.05);
    tone.connect(volume).connect(speaker.destination);
    tone.start(start);
    tone.stop(start + noteSeconds * 3);
  });
}
