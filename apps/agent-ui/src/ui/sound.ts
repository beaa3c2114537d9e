import { create } from 'zustand';
import type { AgentStatus } from '#contract';
import { usePreferences } from './preferences.js';
import { leadSound } from './sound-leader.js';
import { mayRing } from './sound-rules.js';

export type Chime = 'work' | 'message' | 'mention' | 'promise';

/** Notes in hertz: rising for new work, falling for a message, a turn for a mention, and the same one knocked thrice for a promise. */
const notes: Record<Chime, readonly number[]> = {
  work: [660, 880],
  message: [740, 590],
  mention: [880, 1109, 880],
  promise: [466, 466, 466],
};
const noteSeconds = 0.16;
/** What several parts of the console ring for at once is heard once. */
const apartMs = 1_500;

interface SoundState {
  /** The browser keeps sounds back: it does until the page has been clicked or typed in. */
  blocked: boolean;
  /** A sound was kept back because of it. */
  missed: boolean;
  /** This window rings for all of this browser. */
  leads: boolean;
  status: AgentStatus;
}

export const useSoundState = create<SoundState>()(() => ({
  blocked: false,
  missed: false,
  leads: false,
  status: 'online',
}));

let context: AudioContext | undefined;
let standDown: (() => void) | undefined;
const rungAt: Partial<Record<Chime, number>> = {};

/** Makes the sound possible as soon as the browser allows it. */
export function unlockSound(): () => void {
  const unlock = () => {
    context ??= new AudioContext();
    void context.resume().then(unlocked);
  };
  const events = ['pointerdown', 'pointerup', 'keydown'] as const;
  const stop = () => events.forEach((event) => document.removeEventListener(event, unlock));
  const unlocked = () => {
    stop();
    standDown ??= leadSound((leads) => useSoundState.setState({ leads }));
    // Only after the press is over: what goes from the page by it must not move what is pressed.
    setTimeout(() => useSoundState.setState({ blocked: false, missed: false }), 300);
  };
  events.forEach((event) => document.addEventListener(event, unlock));
  if (navigator.userActivation?.hasBeenActive) {
    unlock();
  } else {
    useSoundState.setState({ blocked: true });
  }
  return () => {
    stop();
    standDown?.();
    standDown = undefined;
  };
}

/** Rings, unless the reader does not want to hear it now, or another window of this browser rings. */
export function play(chime: Chime): void {
  const { status, leads } = useSoundState.getState();
  if (!mayRing({ ...usePreferences.getState(), status }, new Date())) {
    return;
  }
  if (context?.state !== 'running') {
    useSoundState.setState({ blocked: true, missed: true });
    return;
  }
  if (leads && performance.now() - (rungAt[chime] ?? -Infinity) > apartMs) {
    rungAt[chime] = performance.now();
    sound(context, chime);
  }
}

/** Lets a reader hear what they would be told by, whatever they wish at present. */
export function sample(chime: Chime): void {
  context ??= new AudioContext();
  const speaker = context;
  void speaker.resume().then(() => sound(speaker, chime));
}

function sound(speaker: AudioContext, chime: Chime): void {
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
