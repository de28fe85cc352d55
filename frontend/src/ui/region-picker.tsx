/** The way in without a pointer: find a place by name, choose side, strength and quality, add it. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import type { Place } from '../body/search.ts';
import { mark } from '../drawing/marks.ts';
import { announce } from './announce.tsx';
import { IntensityRow, QualityRow } from './dock.tsx';
import { Icon } from './icons.tsx';
import { Button, Segmented } from './kit.tsx';
import { sideName, type Studio } from './studio.ts';
import { useId } from './ids.ts';

type SideChoice = 'right' | 'left' | 'both';

const query = signal('');
const open = signal(false);
const active = signal(0);
const chosen = signal<Place | null>(null);
const side = signal<SideChoice>('right');

export function RegionPicker({ studio }: { studio: Studio }): JSX.Element {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const found = studio.search.find(query.value);
  const showing = open.value && query.value.trim() !== '';
  const option = (i: number): string => `${id}-option-${i}`;
  useEffect(() => {
    if (showing)
      document.getElementById(option(active.value))?.scrollIntoView({ block: 'nearest' });
  });
  const choose = (place: Place): void => {
    chosen.value = place;
    query.value = place.plain;
    open.value = false;
    studio.view.value?.show('picked', vertices(studio, place));
    studio.view.value?.face(vertices(studio, place));
  };
  return (
    <section class="stack" aria-label={t('place-title')}>
      <label class="label" for={id}>
        {t('place-title')}
      </label>
      <div class="combo">
        <Icon name="search" />
        <input
          ref={field}
          id={id}
          type="text"
          role="combobox"
          autocomplete="off"
          placeholder={t('place-example')}
          aria-expanded={showing && found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={showing && found[active.value] ? option(active.value) : undefined}
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
            open.value = true;
            active.value = 0;
            chosen.value = null;
            announce(t('place-found', { count: studio.search.find(query.value).length }));
          }}
          onKeyDown={(event) => {
            if (combobox(event.key, showing, found, choose)) event.preventDefault();
          }}
          onBlur={() => (open.value = false)}
        />
        <ul
          id={`${id}-list`}
          class="combo__list"
          role="listbox"
          aria-label={t('place-title')}
          hidden={!showing || found.length === 0}
        >
          {found.map((place, i) => (
            <li
              key={place.id}
              id={option(i)}
              role="option"
              aria-selected={i === active.value}
              class="combo__option"
              // Before the field loses focus, which would close the list.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(place);
              }}
            >
              <span>{place.plain}</span>
              <span class="small muted">{place.name}</span>
            </li>
          ))}
        </ul>
        {showing && found.length === 0 && <p class="combo__none small">{t('place-none')}</p>}
      </div>
      {chosen.value && (
        <AddForm
          studio={studio}
          place={chosen.value}
          onAdded={() => {
            chosen.value = null;
            query.value = '';
            field.current?.focus();
          }}
        />
      )}
    </section>
  );
}

/** Keys of a listbox under a field; true when the key was one of them. */
function combobox(
  key: string,
  showing: boolean,
  found: readonly Place[],
  choose: (place: Place) => void,
): boolean {
  const step = (by: number): void => {
    open.value = true;
    if (found.length) active.value = (active.value + by + found.length) % found.length;
  };
  if (key === 'ArrowDown') step(showing ? 1 : 0);
  else if (key === 'ArrowUp') step(-1);
  else if (key === 'Enter' && showing && found[active.value]) choose(found[active.value]!);
  else if (key === 'Escape' && showing) open.value = false;
  else return false;
  return true;
}

interface AddFormProps {
  readonly studio: Studio;
  readonly place: Place;
  readonly onAdded: () => void;
}

function AddForm({ studio, place, onAdded }: AddFormProps): JSX.Element {
  const { store, view } = studio;
  return (
    <div class="card stack">
      <Segmented<SideChoice>
        legend={t('place-side')}
        showLegend
        value={side.value}
        choices={(['right', 'left', 'both'] as const).map((value) => ({
          value,
          label: t(`place-side-${value}`),
        }))}
        onChange={(value) => {
          side.value = value;
          view.value?.show('picked', vertices(studio, place));
        }}
      />
      <IntensityRow
        value={store.intensity.value}
        onChange={(value) => (store.intensity.value = value)}
      />
      <QualityRow value={store.quality.value} onChange={(value) => (store.quality.value = value)} />
      <Button
        kind="primary"
        icon="plus"
        onClick={() => {
          store.fill(vertices(studio, place), mark(store.intensity.value, store.quality.value));
          view.value?.show('picked', []);
          announce(
            t('place-added', {
              name: place.plain,
              side: t(`place-side-${side.value}`),
              intensity: store.intensity.value,
            }),
          );
          onAdded();
        }}
      >
        {t('place-add')}
      </Button>
    </div>
  );
}

function vertices(studio: Studio, place: Place): number[] {
  return place.regions
    .filter((region) => side.value === 'both' || region.side === side.value)
    .flatMap((region) => studio.members(region.index));
}

/** "Front of the shoulder, left", or "…, both sides" for the two halves of one region. */
export function regionLabel(studio: Studio, indices: readonly number[]): string {
  const region = studio.region(indices[0]!);
  if (!region) return '';
  const side = indices.length > 1 ? t('side-both') : sideName(region.side);
  return t('region-with-side', { name: region.plain, side });
}
