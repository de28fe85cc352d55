/** What the server answers, by the project's HTTP contract. */
import type { DrawingJson } from '../drawing/codec.ts';

export type Side = 'left' | 'right' | 'midline';
export type Sex = 'female' | 'male';

export interface Region {
  id: string;
  side: Side;
  name: string;
  plain: string;
  synonyms: string[];
  views: string[];
  index: number;
  anchor: number;
}

export interface BodyInfo {
  version: string;
  glb: string;
  regions: Region[];
}

export interface Understood {
  text: string;
  meaning: string;
}

export interface WordsAnswer {
  drawing: DrawingJson;
  understood: Understood[];
  not_understood: string[];
}

export interface RegionShare {
  region: string;
  side: Side;
  name: string;
  share: number;
}

export interface Against {
  region: string;
  side: Side;
  name: string;
  why: string;
}

export interface AtRisk {
  structure: string;
  note: string;
  source: string;
  confidence: string;
}

export interface Candidate {
  muscle: string;
  name: string;
  synonyms: string[];
  side: Side;
  probability: number;
  explains: RegionShare[];
  against: Against[];
  at_risk: AtRisk[];
}

export interface OtherCause {
  id: string;
  name: string;
  kind: string;
  side: Side;
  probability: number;
  explains: RegionShare[];
}

export interface RedFlag {
  id: string;
  title: string;
  say: string;
  why: string;
  source: string;
}

export interface Location {
  schema: string;
  versions: Record<string, string>;
  red_flags: RedFlag[];
  candidates: Candidate[];
  other_causes: OtherCause[];
  unexplained: RegionShare[];
  bound: number;
}

export interface Muscle {
  id: string;
  name: string;
  side: Side;
  synonyms: string[];
  trigger_points: { id: string; vertex: number }[];
  zones: { main: number[]; spill: number[] };
}

/** The one error shape. */
export interface Problem {
  field: string;
  problem: string;
  expected: string;
  suggestions: string[];
  message: string;
}
