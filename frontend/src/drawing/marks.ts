/**
 * A drawing while it is being made: one byte a vertex. 0 is unmarked, FREE is "asked, and free of
 * pain", anything else is intensity (1-10) and quality in one number, so that a stroke, an undo and
 * the picture card all move single bytes.
 */

/** What one paints with. */
export const PAINTED_QUALITIES = ['ache', 'sharp', 'burning', 'tingling', 'numb'] as const;
/** Words may leave unsaid what the pain is like; the order is that of the bytes below. */
export const QUALITIES = [...PAINTED_QUALITIES, 'unspecified'] as const;
export type Quality = (typeof QUALITIES)[number];

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
export const qualityOf = (value: number): Quality => QUALITIES[value >> 4] ?? 'ache';

export function isEmpty(marks: Marks): boolean {
  return marks.every((value) => value === UNMARKED);
}
