import { ActionIcon, Button } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconPause, IconPlay } from '../../ui/icons.js';
import { nextSpeed, stepOf } from './player-keys.js';
import './recordings.css';

interface Props {
  src: string;
  /** As long as its source says it is; null: known once it plays. */
  seconds: number | null;
  label: string;
}

/**
 * Plays a recording; nothing of it is asked for before somebody presses play, which is noted. Space plays and pauses, arrows go five
 * seconds on or back. Time runs from left to right in every language.
 */
export function RecordingPlayer({ src, seconds, label }: Props) {
  const { t, format } = useI18n();
  const [attach, player] = usePlayer(src, seconds);
  const { at, length, isPlaying, speed } = player;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event.key);
    const isPress = event.key === ' ' && !(event.target instanceof HTMLButtonElement);
    if (step !== 0) {
      player.go(at + step);
    } else if (isPress) {
      player.toggle();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <fieldset className="recording" dir="ltr" aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a call is recorded without captions */}
      <audio
        ref={attach}
        preload="none"
        onPlay={() => player.setPlaying(true)}
        onPause={() => player.setPlaying(false)}
        onEnded={() => player.setPlaying(false)}
        onError={() => player.setBroken(true)}
        onTimeUpdate={(event) => player.setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => player.setLength(finite(event.currentTarget.duration) ?? length)}
      />
      <ActionIcon
        variant="light"
        size={34}
        radius="xl"
        aria-label={t(isPlaying ? 'recording.pause' : 'recording.play')}
        onClick={player.toggle}
        onKeyDown={onKeyDown}
      >
        {isPlaying ? <IconPause size={17} /> : <IconPlay size={17} />}
      </ActionIcon>
      <input
        type="range"
        min={0}
        max={Math.max(1, Math.ceil(length))}
        step={0.1}
        value={Math.min(at, length)}
        aria-label={t('recording.position')}
        aria-valuetext={t('recording.of', { at: format.duration(at), length: format.duration(length) })}
        onChange={(event) => player.go(Number(event.currentTarget.value))}
        onKeyDown={onKeyDown}
      />
      <span className="recording-time">
        {format.duration(at)} / {format.duration(length)}
      </span>
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={t('recording.speed', { speed: format.number(speed) })}
        onClick={player.faster}
      >
        {format.number(speed)}×
      </Button>
      {player.isBroken && (
        <span role="alert" dir="auto">
          {t('recording.broken')}
        </span>
      )}
    </fieldset>
  );
}

/** The sound behind the controls. Its address is set with the first press. */
function usePlayer(src: string, seconds: number | null) {
  const [element, setElement] = useState<HTMLAudioElement | null>(null);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds ?? 0);
  const [isPlaying, setPlaying] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const [speed, setSpeed] = useState(1);
  const player = {
    at,
    length,
    isPlaying,
    isBroken,
    speed,
    setAt,
    setLength,
    setPlaying,
    setBroken,
    toggle: () => {
      setBroken(false);
      if (isPlaying) {
        element?.pause();
      } else {
        play(element, src, speed).catch((error: unknown) => setBroken(!wasStopped(error)));
      }
    },
    go: (to: number) => {
      const place = Math.max(0, Math.min(to, length));
      seek(element, src, place);
      setAt(place);
    },
    faster: () => {
      const next = nextSpeed(speed);
      hurry(element, next);
      setSpeed(next);
    },
  };
  return [setElement, player] as const;
}

async function play(audio: HTMLAudioElement | null, src: string, speed: number): Promise<void> {
  load(audio, src);
  hurry(audio, speed);
  await audio?.play();
}

/** Whoever pauses before the first sound was there has broken nothing. */
function wasStopped(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Before anything is loaded it is the place at which playing will begin. */
function seek(audio: HTMLAudioElement | null, src: string, to: number): void {
  load(audio, src);
  if (audio) {
    audio.currentTime = to;
  }
}

function hurry(audio: HTMLAudioElement | null, speed: number): void {
  if (audio) {
    audio.playbackRate = speed;
  }
}

function load(audio: HTMLAudioElement | null, src: string): void {
  if (audio && audio.getAttribute('src') !== src) {
    audio.setAttribute('src', src);
  }
}

function finite(duration: number): number | null {
  return Number.isFinite(duration) && duration > 0 ? duration : null;
}
