/** Everything that one drawing page holds together: body, drawing, view. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { api } from '../api/client.ts';
import type { BodyInfo, DrawingJson, Region, Side } from '../api/types.ts';
import { parseBody, type BodyFile } from '../body/glb.ts';
import { applyBuild, NEUTRAL, type Build } from '../body/shape.ts';
import { makeSurface, regionVertices, type Surface } from '../body/surface.ts';
import { RegionSearch } from '../body/search.ts';
import { DrawingStore } from '../drawing/store.ts';
import { paintedRegions, type PaintedRegion } from '../drawing/summary.ts';
import { encodeDrawing } from '../drawing/codec.ts';
import { dependOn } from '../base/depend.ts';
import { t } from '../base/l10n.ts';
import type { BodyView } from '../view/body-view.ts';

export class Studio {
  readonly build: Signal<Build> = signal(NEUTRAL);
  readonly view: Signal<BodyView | null> = signal(null);
  readonly search: RegionSearch;
  readonly painted: ReadonlySignal<PaintedRegion[]>;
  readonly #byIndex: Map<number, Region>;
  readonly #members = new Map<number, readonly number[]>();

  constructor(
    readonly info: BodyInfo,
    readonly body: BodyFile,
    readonly surface: Surface,
    readonly store: DrawingStore,
  ) {
    this.search = new RegionSearch(info.regions);
    this.#byIndex = new Map(info.regions.map((region) => [region.index, region]));
    this.painted = computed(() => {
      dependOn(store.revision);
      return paintedRegions(surface, store.marks);
    });
  }

  region(index: number): Region | undefined {
    return this.#byIndex.get(index);
  }

  /** The vertices of a region. */
  members(index: number): readonly number[] {
    const known = this.#members.get(index) ?? regionVertices(this.surface, index);
    this.#members.set(index, known);
    return known;
  }

  /** The vertices of every region of that name and side. */
  named(id: string, side: Side): number[] {
    return this.info.regions
      .filter((region) => region.id === id && (side === 'midline' || region.side === side))
      .flatMap((region) => this.members(region.index));
  }

  drawing(): DrawingJson {
    return encodeDrawing(this.store.marks, this.info.version, this.store.answers.value);
  }
}

/** Loads the body; rejects with an ApiError when the server does not answer. */
export async function loadStudio(): Promise<Studio> {
  const info = await api.body();
  const body = parseBody(await api.bodyFile(info.glb));
  const surface = makeSurface(body);
  applyBuild(body.positions, body.morphs, NEUTRAL, surface.positions);
  return new Studio(info, body, surface, new DrawingStore(surface));
}

export function sideName(side: Side): string {
  return t(`side-${side}`);
}
