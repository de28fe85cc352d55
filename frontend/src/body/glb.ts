/**
 * Reads the one glb that carries the body. A general loader weighs ten times as much and may
 * reorder vertices; here the order is the meaning: vertex i of the file is vertex i of a drawing.
 */

export interface BodyFile {
  /** Neutral shape, metres, y up, x to the patient's left: x0 y0 z0 x1 ... */
  readonly positions: Float32Array;
  readonly triangles: Uint32Array;
  /** Number of each vertex's region, the same on both sides of the body. */
  readonly region: Uint16Array;
  /** Displacement of every vertex per named morph target, metres. */
  readonly morphs: ReadonlyMap<string, Float32Array>;
}

interface Accessor {
  bufferView: number;
  byteOffset?: number;
  componentType: number;
  normalized?: boolean;
  count: number;
  type: string;
}

interface Gltf {
  accessors: Accessor[];
  bufferViews: { byteOffset?: number; byteStride?: number }[];
  meshes: {
    primitives: {
      attributes: Record<string, number | undefined>;
      indices: number;
      targets?: { POSITION: number }[];
    }[];
    extras?: { targetNames?: string[] };
  }[];
  nodes: {
    mesh?: number;
    scale?: [number, number, number];
    translation?: [number, number, number];
  }[];
}

const MAGIC = 0x46546c67;
const WIDTH: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 };

type Reader = (view: DataView, offset: number) => number;

const COMPONENTS: Record<number, { bytes: number; max: number; read: Reader }> = {
  5120: { bytes: 1, max: 127, read: (v, o) => v.getInt8(o) },
  5121: { bytes: 1, max: 255, read: (v, o) => v.getUint8(o) },
  5122: { bytes: 2, max: 32767, read: (v, o) => v.getInt16(o, true) },
  5123: { bytes: 2, max: 65535, read: (v, o) => v.getUint16(o, true) },
  5125: { bytes: 4, max: 1, read: (v, o) => v.getUint32(o, true) },
  5126: { bytes: 4, max: 1, read: (v, o) => v.getFloat32(o, true) },
};

/** Decodes the file; throws when it is not the kind of glb the body is shipped as. */
export function parseBody(file: ArrayBuffer): BodyFile {
  const { gltf, binary } = chunks(file);
  const mesh = gltf.meshes[0];
  const primitive = mesh?.primitives[0];
  if (!mesh || !primitive) throw new Error('body glb: no mesh');
  const node = gltf.nodes.find((n) => n.mesh === 0);
  const scale = node?.scale ?? [1, 1, 1];
  const origin = node?.translation ?? [0, 0, 0];

  const positions = vectors(gltf, binary, primitive.attributes.POSITION, scale, origin);
  const triangles = Uint32Array.from(read(gltf, binary, primitive.indices));
  const region = Uint16Array.from(read(gltf, binary, primitive.attributes._REGION));
  if (region.length * 3 !== positions.length) throw new Error('body glb: regions do not fit');

  const names = mesh.extras?.targetNames ?? [];
  const morphs = new Map<string, Float32Array>();
  (primitive.targets ?? []).forEach((target, i) => {
    const name = names[i];
    if (name) morphs.set(name, vectors(gltf, binary, target.POSITION, scale, [0, 0, 0]));
  });
  return { positions, triangles, region, morphs };
}

function chunks(file: ArrayBuffer): { gltf: Gltf; binary: DataView } {
  const view = new DataView(file);
  if (file.byteLength < 20 || view.getUint32(0, true) !== MAGIC) throw new Error('not a glb');
  const jsonLength = view.getUint32(12, true);
  const json = new TextDecoder().decode(new Uint8Array(file, 20, jsonLength));
  const start = 20 + jsonLength;
  const binary = new DataView(file, start + 8, view.getUint32(start, true));
  return { gltf: JSON.parse(json) as Gltf, binary };
}

function vectors(
  gltf: Gltf,
  binary: DataView,
  accessor: number | undefined,
  scale: readonly number[],
  origin: readonly number[],
): Float32Array {
  const values = read(gltf, binary, accessor);
  return values.map((value, i) => value * scale[i % 3]! + origin[i % 3]!);
}

function read(gltf: Gltf, binary: DataView, index: number | undefined): Float32Array {
  const accessor = index === undefined ? undefined : gltf.accessors[index];
  const bufferView = accessor && gltf.bufferViews[accessor.bufferView];
  const component = accessor && COMPONENTS[accessor.componentType];
  const width = accessor && WIDTH[accessor.type];
  if (!accessor || !bufferView || !component || !width) throw new Error('body glb: bad accessor');
  const stride = bufferView.byteStride ?? component.bytes * width;
  const start = (bufferView.byteOffset ?? 0) + (accessor.byteOffset ?? 0);
  const divisor = accessor.normalized ? component.max : 1;
  const out = new Float32Array(accessor.count * width);
  for (let i = 0; i < accessor.count; i++)
    for (let k = 0; k < width; k++)
      out[i * width + k] =
        component.read(binary, start + i * stride + k * component.bytes) / divisor;
  return out;
}
