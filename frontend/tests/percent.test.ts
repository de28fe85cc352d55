import { describe, expect, it } from 'vitest';
import { percent } from '../src/locate/ranking-panel.tsx';

describe('percent', () => {
  it.each([
    [0, '0'],
    [0.0004, '<1'],
    [0.01, '1'],
    [0.364, '36'],
    [0.99, '99'],
    [0.9996, '>99'],
    [1, '100'],
  ])('tells %d as %s', (share, told) => {
    expect(percent(share)).toBe(told);
  });
});
