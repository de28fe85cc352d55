/** The body on the screen: draws when something changed, and only then. */
import {
  BufferAttribute,
  BufferGeometry,
  Group,
  Mesh,
  PerspectiveCamera,
  PlaneGeometry,
  Raycaster,
  Scene,
  ShaderMaterial,
  SphereGeometry,
  Vector2,
  Vector3,
  WebGLRenderer,
} from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import { applyBuild, type Build } from '../body/shape.ts';
import { computeNormals, type Surface } from '../body/surface.ts';
import type { BodyFile } from '../body/glb.ts';
import type { Marks } from '../drawing/marks.ts';
import { PaintLayer, type Overlay } from './paint-layer.ts';
import { applyPalette, makeSkinMaterial, type Palette } from './skin-material.ts';
import {
  between,
  eye,
  FIELD,
  stanceAround,
  stanceOf,
  turned,
  zoomed,
  type Stance,
  type ViewName,
} from './rig.ts';

export interface Hit {
  readonly face: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const GLIDE_MS = 420;
const RING_LIMIT = 8;

export class BodyView {
  readonly #canvas: HTMLCanvasElement;
  readonly #surface: Surface;
  readonly #body: BodyFile;
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera((FIELD * 180) / Math.PI, 1, 0.05, 30);
  readonly #geometry = new BufferGeometry();
  readonly #skin = makeSkinMaterial();
  readonly #shadow: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #markers = new Group();
  readonly #layer: PaintLayer;
  readonly #bvh: MeshBVH;
  readonly #raycaster = new Raycaster();
  readonly #resizes: ResizeObserver;
  #stance: Stance;
  #home: Stance;
  #view: ViewName | null = 'front';
  #glide: { from: Stance; to: Stance; start: number } | null = null;
  #frame = 0;
  #onMove: (stance: Stance) => void = () => undefined;

  constructor(canvas: HTMLCanvasElement, body: BodyFile, surface: Surface, marks: Marks) {
    this.#canvas = canvas;
    this.#body = body;
    this.#surface = surface;
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.#renderer.setPixelRatio(Math.min(devicePixelRatio, 2));

    this.#geometry.setAttribute('position', new BufferAttribute(surface.positions, 3));
    this.#geometry.setAttribute('normal', new BufferAttribute(surface.normals, 3));
    this.#geometry.setIndex(new BufferAttribute(surface.triangles, 1));
    // The tree keeps an order of its own, so that triangles keep their numbers.
    this.#bvh = new MeshBVH(this.#geometry, { indirect: true });
    this.#layer = new PaintLayer(this.#geometry, surface, marks);

    const mesh = new Mesh(this.#geometry, this.#skin);
    mesh.frustumCulled = false;
    this.#shadow = makeShadow();
    this.#scene.add(this.#shadow, mesh, this.#markers);

    this.#home = stanceOf('front', surface.positions, 1);
    this.#stance = this.#home;
    this.#resizes = new ResizeObserver(() => {
      this.#resize();
    });
    this.#resizes.observe(canvas);
    this.#resize();
  }

  /** Tells where the camera went, on every step of it. */
  onMove(listener: (stance: Stance) => void): void {
    this.#onMove = listener;
    listener(this.#stance);
  }

  setPalette(palette: Palette): void {
    applyPalette(this.#skin, palette);
    this.#shadow.material.uniforms.strength!.value = palette.dark ? 0.5 : 0.22;
    this.#draw();
  }

  setBuild(build: Build): void {
    const { positions, normals, triangles } = this.#surface;
    applyBuild(this.#body.positions, this.#body.morphs, build, positions);
    computeNormals(positions, triangles, normals);
    this.#geometry.getAttribute('position').needsUpdate = true;
    this.#geometry.getAttribute('normal').needsUpdate = true;
    this.#bvh.refit();
    this.#shadow.material.uniforms.feet!.value = soles(positions);
    this.#placeMarkers();
    this.#home = stanceOf('front', positions, this.#camera.aspect);
    if (this.#view) this.#stance = stanceOf(this.#view, positions, this.#camera.aspect);
    this.#moved();
  }

  marksChanged(vertices: readonly number[] | 'all'): void {
    this.#layer.update(vertices);
    this.#draw();
  }

  show(overlay: Overlay, vertices: Iterable<number>): void {
    this.#layer.show(overlay, vertices);
    this.#draw();
  }

  /** Marks trigger points by a ringed dot that stays visible through the body's edge. */
  showPoints(vertices: readonly number[]): void {
    this.#markers.clear();
    for (const vertex of vertices.slice(0, RING_LIMIT)) {
      const marker = makeMarker();
      marker.userData.vertex = vertex;
      this.#markers.add(marker);
    }
    this.#placeMarkers();
    this.#draw();
  }

  /** Where a point of the canvas (CSS pixels from its corner) meets the skin. */
  pick(x: number, y: number): Hit | null {
    const ndc = new Vector2(
      (x / this.#canvas.clientWidth) * 2 - 1,
      1 - (y / this.#canvas.clientHeight) * 2,
    );
    this.#raycaster.setFromCamera(ndc, this.#camera);
    const hit = this.#bvh.raycastFirst(this.#raycaster.ray);
    if (typeof hit?.faceIndex !== 'number') return null;
    return { face: hit.faceIndex, x: hit.point.x, y: hit.point.y, z: hit.point.z };
  }

  /** How many CSS pixels a length on the skin takes at `hit`. */
  pixels(hit: Hit, metres: number): number {
    const away = this.#camera.position.distanceTo(new Vector3(hit.x, hit.y, hit.z));
    return (metres / (2 * Math.tan(FIELD / 2) * away)) * this.#canvas.clientHeight;
  }

  /** Draws the brush's ring at a place of the skin, or hides it. */
  ring(hit: Hit | null, radius: number): void {
    this.#skin.uniforms.brushRadius!.value = hit ? radius : 0;
    if (hit) this.#skin.uniforms.brushAt!.value = [hit.x, hit.y, hit.z];
    this.#draw();
  }

  turn(yaw: number, pitch: number): void {
    this.#glide = null;
    this.#view = null;
    this.#stance = turned(this.#stance, yaw, pitch);
    this.#moved();
  }

  zoom(factor: number, focus: Hit | null): void {
    this.#glide = null;
    this.#view = null;
    const point: [number, number, number] | null = focus ? [focus.x, focus.y, focus.z] : null;
    this.#stance = zoomed(this.#stance, factor, point, this.#home);
    this.#moved();
  }

  snap(view: ViewName): void {
    this.#view = view;
    this.#glideTo(stanceOf(view, this.#surface.positions, this.#camera.aspect));
  }

  /**
   * Turns so that places on the skin face the viewer, in eighths of a full turn, which read more
   * easily than any angle; the distance stays. Turns only when they would not be seen well.
   */
  face(vertices: readonly number[]): void {
    const { normals: n } = this.#surface;
    const [x, z] = [0, 2].map((k) => vertices.reduce((sum, v) => sum + n[v * 3 + k]!, 0)) as [
      number,
      number,
    ];
    if (Math.hypot(x, z) < 0.1 * vertices.length) return;
    const eighth = Math.PI / 4;
    const yaw = Math.round(Math.atan2(x, z) / eighth) * eighth;
    if (Math.cos(yaw - this.#stance.yaw) > 0.45) return;
    this.#view = null;
    this.#glideTo({ ...this.#stance, yaw });
  }

  /** Goes near enough to a place on the skin to see it well. */
  goTo(vertex: number): void {
    const { positions: p, normals: n } = this.#surface;
    this.#view = null;
    this.#glideTo({
      target: [p[vertex * 3]!, p[vertex * 3 + 1]!, p[vertex * 3 + 2]!],
      yaw: Math.atan2(n[vertex * 3]!, n[vertex * 3 + 2]!),
      pitch: 0.1,
      distance: this.#home.distance * 0.45,
    });
  }

  /** Shows places on the skin as large as fits, from the side that most of `front` faces. */
  frame(vertices: readonly number[], front: readonly number[]): void {
    if (!vertices.length) return;
    this.#view = null;
    this.#glideTo(stanceAround(vertices, front, this.#surface, this.#camera.aspect));
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#resizes.disconnect();
    this.#renderer.dispose();
  }

  #glideTo(to: Stance): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#stance = to;
      this.#moved();
      return;
    }
    this.#glide = { from: this.#stance, to, start: performance.now() };
    this.#draw();
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!width || !height) return;
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / height;
    this.#camera.updateProjectionMatrix();
    const previous = this.#home;
    this.#home = stanceOf('front', this.#surface.positions, this.#camera.aspect);
    this.#stance = this.#view
      ? stanceOf(this.#view, this.#surface.positions, this.#camera.aspect)
      : {
          ...this.#stance,
          distance: (this.#stance.distance * this.#home.distance) / previous.distance,
        };
    this.#moved();
  }

  #moved(): void {
    this.#camera.position.set(...eye(this.#stance));
    this.#camera.lookAt(...this.#stance.target);
    this.#camera.updateMatrixWorld();
    // Pattern lines keep about the same distance on the screen, in steps so that they do not swim.
    const step = Math.round(Math.log2(this.#stance.distance / this.#home.distance));
    this.#skin.uniforms.grain!.value = 0.02 * (this.#home.distance / 4.4) * 2 ** step;
    const scale = Math.sqrt(this.#stance.distance / this.#home.distance);
    for (const marker of this.#markers.children) marker.scale.setScalar(scale);
    this.#onMove(this.#stance);
    this.#draw();
  }

  #placeMarkers(): void {
    const { positions: p, normals: n } = this.#surface;
    for (const marker of this.#markers.children) {
      const v = (marker.userData.vertex as number) * 3;
      marker.position.set(
        p[v]! + n[v]! * 0.004,
        p[v + 1]! + n[v + 1]! * 0.004,
        p[v + 2]! + n[v + 2]! * 0.004,
      );
      marker.scale.setScalar(Math.sqrt(this.#stance.distance / this.#home.distance));
    }
  }

  #draw(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0;
      this.#advance(now);
      this.#renderer.render(this.#scene, this.#camera);
    });
  }

  #advance(now: number): void {
    if (!this.#glide) return;
    const { from, to, start } = this.#glide;
    const share = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
    const eased = 1 - (1 - share) ** 3;
    this.#stance = between(from, to, eased);
    if (share === 1) this.#glide = null;
    this.#moved();
  }
}

const FLOOR_M = [1.4, 1] as const;

/** Soft shade on the floor: wide under the body, darker under each foot. */
function makeShadow(): Mesh<PlaneGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    uniforms: { strength: { value: 0.22 }, feet: { value: [0, 0, 0, 0] } },
    vertexShader: `varying vec2 at; void main() { at = vec2(position.x, -position.y);
      gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
    fragmentShader: `varying vec2 at; uniform float strength; uniform vec4 feet;
      float under(vec2 foot) {
        return 1.0 - smoothstep(0.0, 1.0, length((at - foot) / vec2(0.11, 0.19))); }
      void main() {
        float wide = 1.0 - smoothstep(0.0, 1.0, length(at / vec2(0.62, 0.42)));
        float shade = 0.6 * wide * wide + 0.9 * max(under(feet.xy), under(feet.zw));
        gl_FragColor = vec4(0.05, 0.07, 0.1, strength * shade); }`,
  });
  const mesh = new Mesh(new PlaneGeometry(...FLOOR_M), material);
  mesh.rotation.x = -Math.PI / 2;
  mesh.position.y = -0.002;
  return mesh;
}

/** Middle of the right and the left sole on the floor: x, z, x, z. */
function soles(p: Float32Array): [number, number, number, number] {
  const sum = { right: [0, 0, 0], left: [0, 0, 0] };
  for (let i = 0; i < p.length; i += 3) {
    if (p[i + 1]! > 0.05) continue;
    const foot = p[i]! < 0 ? sum.right : sum.left;
    foot[0]! += p[i]!;
    foot[1]! += p[i + 2]!;
    foot[2]! += 1;
  }
  const middle = ([x, z, n]: number[]): [number, number] => [
    x! / Math.max(1, n!),
    z! / Math.max(1, n!),
  ];
  return [...middle(sum.right), ...middle(sum.left)];
}

/** A white-ringed dot; the ring is drawn as a larger ball behind the dot's front half. */
function makeMarker(): Mesh<SphereGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    vertexShader: `varying vec3 n; void main() { n = normalize(normalMatrix * normal);
      gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
    fragmentShader: `varying vec3 n; void main() {
      float r = length(n.xy);
      vec3 c = r < 0.58 ? vec3(0.07, 0.20, 0.47) : vec3(1.0);
      if (r > 0.9) c = vec3(0.07, 0.20, 0.47);
      gl_FragColor = vec4(c, 1.0); }`,
  });
  return new Mesh(new SphereGeometry(0.014, 24, 16), material);
}
