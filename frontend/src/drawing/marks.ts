/**
 * A drawing while it is being made: one byte a vertex. 0 is unmarked, FREE is "asked, and free of
 * pain", anything else is intensity (1-10) and quality in one number, so that a stroke, an undo and
 * the picture card all move single bytes.
 */

/** What pain can be called; the order is that of the marks' bytes. */
export const QUALITIES = ['ache', 'sharp', 'burning', 'tingling', 'numb', 'unspecified'] as const;
export type Quality = (typeof QUALITIES)[number];

/** What one can choose. `unspecified` is only what words leave open, never something to pick. */
export const NAMED_QUALITIES = QUALITIES.filter((quality) => quality !== 'unspecified');

export const MAX_INTENSITY = 10;
export const UNMARKED = 0;
export const FREE = 255;

export type Marks = Uint8Array;

/** The byte of a mark; intensity 0 is "no pain here". */
export function mark(intensity: number, quality: Quality): number {
  if (intensity === 0) return FREE;
  return QUALITIES.indexOf(quality) * 16 + intensity;
}

export const isPain = (value: number): boolean => value !== UNMARKED && value !== FREE;
export const intensityOf = (value: number): number => (isPain(value) ? value & 15 : 0);
export const qualityOf = (value: number): Quality => QUALITIES[value >> 4] ?? 'unspecified';

export function isEmpty(marks: Marks): boolean {
  return marks.every((value) => value === UNMARKED);
}
