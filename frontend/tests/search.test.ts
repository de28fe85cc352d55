import { describe, expect, it } from 'vitest';
import type { Region } from '../src/api/types.ts';
import { RegionSearch } from '../src/body/search.ts';

const region = (id: string, name: string, plain: string, synonyms: string[] = []): Region[] =>
  (['left', 'right'] as const).map((side, i) => ({
    id,
    side,
    name,
    plain,
    synonyms,
    views: [],
    index: i,
    anchor: 0,
  }));

const search = new RegionSearch([
  ...region('shoulder_anterior', 'Anterior deltoid region', 'front of the shoulder', [
    'anterior shoulder',
  ]),
  ...region('shoulder_lateral', 'Deltoid region', 'side of the shoulder'),
  ...region('scapula', 'Scapular region', 'shoulder blade'),
  ...region('calf', 'Posterior crural region', 'calf', ['sural region']),
  ...region('popliteal', 'Popliteal fossa', 'back of the knee', ['knee pit', 'poplitée']),
]);
const ids = (query: string): string[] => search.find(query).map((place) => place.id);

describe('RegionSearch', () => {
  it.each([
    ['front of the shoulder', ['shoulder_anterior']],
    ['shoulder front', ['shoulder_anterior']],
    ['right calf', ['calf']],
    ['SURAL', ['calf']],
    ['poplitee', ['popliteal']],
    ['popl', ['popliteal']],
    ['elbow', []],
    ['the of my', []],
    ['', []],
  ])('finds for %j %j', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  it('puts the shorter name first among equals', () => {
    expect(ids('shoulder')[0]).not.toBe('calf');
    expect(ids('delt')).toEqual(['shoulder_lateral', 'shoulder_anterior']);
  });

  it('groups both sides under one place', () => {
    expect(search.find('calf')[0]!.regions.map((r) => r.side)).toEqual(['left', 'right']);
  });
});
