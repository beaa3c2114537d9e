import type { AttachmentView, SharedView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { Ltr } from '../../ui/ltr.js';
import { IconPerson, IconPlace } from '../../ui/icons.js';
import { Words } from './words.js';
import './shared-things.css';

interface Props {
  shared: SharedView;
  body: string;
  files: readonly AttachmentView[];
}

/** A message that is more than words, in the form that it was sent in. What its words only repeat is left out. */
export function SharedThings({ shared, body, files }: Props) {
  const { t } = useI18n();
  const { place, contact, sticker, forwardedFrom, answers, page } = shared;
  const isAllShown = place !== undefined || contact !== undefined || sticker !== undefined;
  return (
    <>
      {forwardedFrom !== undefined && (
        <p className="shared-from">
          {forwardedFrom === '' ? t('shared.forwarded') : t('shared.forwardedFrom', { name: forwardedFrom })}
        </p>
      )}
      {answers && (
        <blockquote className="shared-from">
          <span>{t(answers.ours ? 'shared.answersOurs' : 'shared.answersTheirs')}</span>
          <bdi className="shared-answered">{answers.text}</bdi>
        </blockquote>
      )}
      {place && <Place place={place} />}
      {contact && <Contact contact={contact} />}
      {sticker && <Sticker emoji={sticker.emoji} file={files[0]} />}
      {!isAllShown && body !== '' && <Words text={body} />}
      {page && <Page page={page} />}
    </>
  );
}

/** An address that a visitor's browser told may lead anywhere: it is followed knowingly, and told nothing of us. */
function Page({ page: { url, title, referrer } }: { page: NonNullable<SharedView['page']> }) {
  const { t } = useI18n();
  return (
    <p className="shared-page" title={referrer === '' ? undefined : t('shared.cameFrom', { address: referrer })}>
      {t('shared.onPage')}{' '}
      <a href={url} target="_blank" rel="noopener noreferrer nofollow">
        {title === '' ? <Ltr>{url}</Ltr> : <bdi>{title}</bdi>}
      </a>
    </p>
  );
}

function Place({ place }: { place: NonNullable<SharedView['place']> }) {
  const { t } = useI18n();
  const point = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`;
  const marker = `mlat=${place.latitude}&mlon=${place.longitude}`;
  return (
    <div className="shared-card">
      <IconPlace size={20} aria-hidden />
      <div className="shared-what">
        <strong>{place.live ? t('shared.livePlace') : t('shared.place')}</strong>
        {place.title !== '' && <bdi>{place.title}</bdi>}
        {place.address !== '' && <bdi className="shared-less">{place.address}</bdi>}
        <Ltr className="shared-less">{point}</Ltr>
        <a
          href={`https://www.openstreetmap.org/?${marker}#map=16/${place.latitude}/${place.longitude}`}
          target="_blank"
          rel="noopener noreferrer nofollow"
        >
          {t('shared.openMap')}
        </a>
      </div>
    </div>
  );
}

function Contact({ contact }: { contact: NonNullable<SharedView['contact']> }) {
  const { t } = useI18n();
  return (
    <div className="shared-card">
      <IconPerson size={20} aria-hidden />
      <div className="shared-what">
        <strong>{contact.own ? t('shared.ownContact') : t('shared.contact')}</strong>
        {contact.name !== '' && <bdi>{contact.name}</bdi>}
        <Ltr>{contact.phone}</Ltr>
        {!contact.own && <span className="shared-less">{t('shared.notTheirs')}</span>}
      </div>
    </div>
  );
}

/** The sticker itself where a browser can show it; until it is here, and elsewhere, the emoji that it stands for. */
function Sticker({ emoji, file }: { emoji: string; file: AttachmentView | undefined }) {
  const { t } = useI18n();
  const name = t('shared.sticker', { emoji });
  if (file?.state === 'stored' && file.mediaType.startsWith('image/')) {
    return <img className="shared-picture" src={file.url} alt={name} title={name} loading="lazy" />;
  }
  if (file?.state === 'stored' && file.mediaType === 'video/webm') {
    const moves = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    return <video className="shared-picture" src={file.url} title={name} autoPlay={moves} loop muted playsInline />;
  }
  return (
    <p className="shared-sticker" title={name}>
      {emoji || '🖼️'}
    </p>
  );
}
