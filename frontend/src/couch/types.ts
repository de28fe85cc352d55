/** What the couch page and the server tell each other. */

export type Side = 'left' | 'right' | 'midline';

export interface Place {
  readonly muscle: string;
  readonly side: Side;
}

export interface Caps {
  readonly length_mm: number | null;
  readonly depth_mm: number | null;
  readonly smallest_published_mm: number | null;
  readonly risks: readonly string[];
  readonly position: string;
  readonly direction: string;
}

export interface Target extends Place {
  readonly name: string;
  readonly decision: string;
  readonly is_override: boolean;
  readonly reason: string;
  readonly caps: Caps;
}

export interface Judged extends Place {
  readonly name: string;
  readonly decision: string;
  readonly stop: string;
  readonly is_final: boolean;
  readonly asks: readonly string[];
  readonly caps: Caps;
}

/** One tap, as the ledger takes it. */
export interface Entry {
  readonly id: string;
  readonly kind: 'insertion' | 'removal' | 'redirection' | 'twitches' | 'incident' | 'correction';
  readonly at: string;
  readonly needle?: string | null;
  readonly about?: string | null;
  readonly accounts_for?: readonly string[];
  readonly muscle?: string;
  readonly point?: string;
  readonly side?: Side | '';
  readonly retained?: boolean;
  readonly bent?: boolean;
  readonly twitches?: number | null;
  readonly detected_by?: string;
  readonly familiar_pain?: '' | 'yes' | 'no';
  readonly code?: string;
  readonly told?: string;
}

export interface Needle {
  readonly id: string;
  readonly length_mm: number | null;
  readonly gauge_mm: number | null;
}

export interface Retest {
  readonly id: string;
  readonly movement: string;
  readonly when: 'before' | 'after';
  readonly degrees: number | null;
  readonly pain: number | null;
}

export interface Reaction {
  readonly id: string;
  readonly kind: string;
  readonly at?: string;
}

export interface Held {
  readonly version: number;
  readonly state: 'open' | 'closed';
  readonly targets: readonly Target[];
  readonly needles: readonly Needle[];
  readonly entries: readonly Entry[];
  readonly retests: readonly Retest[];
  readonly reactions: readonly Reaction[];
}

export interface Counted extends Place {
  readonly needles: number;
  readonly insertions: number;
  /** null where none was assessed, which is not 0. */
  readonly twitches: number | null;
}

export interface Loaded {
  readonly session: string;
  readonly began_at: string;
  /** Base64, 32 bytes: opens what waits on this device. */
  readonly key: string;
  readonly needle: Omit<Needle, 'id'>;
  readonly held: Held;
  readonly ahead: readonly (Place & { readonly name: string })[];
  readonly muscles: readonly { readonly id: string; readonly name: string }[];
  readonly last: readonly Counted[];
  readonly last_on: string | null;
  readonly sign: {
    readonly movement: string;
    readonly degrees: number | null;
    readonly pain: number | null;
  } | null;
  readonly kinds: readonly { readonly id: string; readonly name: string }[];
  readonly urls: Readonly<
    Record<'enter' | 'finish' | 'now' | 'target' | 'ahead' | 'retest' | 'reaction' | 'done', string>
  >;
}

export const placeKey = ({ muscle, side }: Place): string => `${muscle}:${side}`;
