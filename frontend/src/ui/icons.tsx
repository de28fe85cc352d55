/** The few pictures of the page, drawn on a 24 x 24 grid and coloured by the text around them. */
import type { JSX } from 'preact';
import type { Quality } from '../drawing/marks.ts';

const PATHS = {
  brush: 'M14.5 4.5 19.5 9.5 11 18a3 3 0 0 1-2.1.9H5v-3.9A3 3 0 0 1 5.9 13z',
  eraser:
    'm8 19-4-4a1.5 1.5 0 0 1 0-2l8-8a1.5 1.5 0 0 1 2 0l5 5a1.5 1.5 0 0 1 0 2l-7 7zM9 9l7 7M7 20h13',
  turn: 'M4 12a8 3.2 0 1 0 4-2.8M4.5 6v3.6h3.8M12 4v3',
  undo: 'M8 5 4 9l4 4M4 9h9a6 6 0 0 1 0 12h-3',
  redo: 'm16 5 4 4-4 4M20 9h-9a6 6 0 0 0 0 12h3',
  more: 'M5 11.2v1.6M5 11.2v1.6M12 11.2v1.6M19 11.2v1.6M4.2 12h1.6M11.2 12h1.6M18.2 12h1.6',
  body: 'M12 7a2.2 2.2 0 1 0 0-4.4A2.2 2.2 0 0 0 12 7m-6 3 4-1h4l4 1M10 9v6l-1 6.5M14 9v6l1 6.5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  close: 'm6 6 12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  chevron: 'm6 9 6 6 6-6',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13m5-1.5L20.5 20.5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.01',
  pin: 'M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11m0-8.8a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14',
  upload: 'M12 16V5M7.5 9.5 12 5l4.5 4.5M5 20h14',
  hand: 'M8 12V5.5a1.5 1.5 0 0 1 3 0V11m0-.5v-7a1.5 1.5 0 0 1 3 0V11m0-.5v-5a1.5 1.5 0 0 1 3 0V14a6.5 6.5 0 0 1-6.5 7C7.500 21 6.500 19 4.500 15.500a1.500 1.500 0 0 1 2.500-1.500l1 1.500',
  mirror: 'M12 3v18M9 7 3.5 17H9zM15 7l5.5 10H15z',
  bin: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The pattern that a quality has on the body, as a swatch. */
export function QualitySwatch({ quality }: { quality: Quality }): JSX.Element {
  return (
    <svg class="swatch" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle class="swatch__fill" cx="12" cy="12" r="11" />
      <g class="swatch__ink">{INK[quality]}</g>
    </svg>
  );
}

const INK: Record<Quality, JSX.Element | null> = {
  ache: null,
  sharp: (
    <path d="m3 9 3-3 3 3 3-3 3 3 3-3 3 3M2 14l4-3.5 3 3 3-3 3 3 3-3 4 3.5M4 18.5l2-2 3 3 3-3 3 3 3-3 2 2" />
  ),
  burning: <path d="M3 14 14 3M2.5 19.5l17-17M6 22 22 6M12 22l10-10" />,
  tingling: (
    <path
      class="swatch__dots"
      d="M8 6h.01M16 6h.01M4.5 12h.01M12 12h.01M19.5 12h.01M8 18h.01M16 18h.01"
    />
  ),
  numb: <path d="M8 2v20M16 2v20M2 8h20M2 16h20" />,
  unspecified: null,
};
