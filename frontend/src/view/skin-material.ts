/**
 * How the body looks: soft matte skin, pain over it, referral zones over that. Everything is drawn
 * in display colours, so that the body's palette is the page's palette.
 */
import { Color, GLSL3, ShaderMaterial } from 'three';

const vertex = /* glsl */ `
in vec4 pain;      // ache, sharp, burning, tingling: intensity * 24 / 255, smoothed
in vec4 more;      // numb, painted 0..1, free 0..1, unexplained 0..1
in vec4 zone;      // main, spill-over, asked-for region, unused
out vec4 vPain;
out vec4 vMore;
out vec4 vZone;
out vec3 vNormal;
out vec3 vWorld;
out vec3 vEye;
void main() {
  vPain = pain;
  vMore = more;
  vZone = zone;
  vNormal = normalize(normal);
  vWorld = position;
  vEye = normalize(cameraPosition - position);
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}`;

const fragment = /* glsl */ `
precision highp float;
in vec4 vPain;
in vec4 vMore;
in vec4 vZone;
in vec3 vNormal;
in vec3 vWorld;
in vec3 vEye;
out vec4 colour;

uniform vec3 skin;
uniform vec3 shade;
uniform vec3 rimColour;
uniform float dark;
uniform float grain;      // metres between pattern lines, steps with the zoom
uniform vec3 ramp[5];
uniform vec3 blue;
uniform vec3 violet;
uniform vec3 brushAt;
uniform float brushRadius;

// The pattern lies on the skin like a projection from the side the skin faces.
vec2 chart(vec3 n) {
  vec3 a = abs(n);
  if (a.y > 0.8) return vWorld.xz;
  return a.z > a.x ? vWorld.xy : vWorld.zy;
}

vec3 rampAt(float s) {
  float x = clamp(s, 0.0, 1.0) * 4.0;
  vec3 c = mix(ramp[0], ramp[1], clamp(x, 0.0, 1.0));
  c = mix(c, ramp[2], clamp(x - 1.0, 0.0, 1.0));
  c = mix(c, ramp[3], clamp(x - 2.0, 0.0, 1.0));
  return mix(c, ramp[4], clamp(x - 3.0, 0.0, 1.0));
}

float band(float d, float halfWidth) {
  float w = fwidth(d);
  return 1.0 - smoothstep(halfWidth - w, halfWidth + w, abs(d));
}

float saw(float x) { return abs(fract(x) - 0.5); }

// 0 where the fill shows, 1 where the quality's ink does.
float pattern(int quality, vec2 p) {
  vec2 q = p / grain;
  if (quality == 1) {                                   // sharp: zigzag
    return band(saw(q.y + abs(fract(q.x) - 0.5) * 1.1) , 0.13);
  } else if (quality == 2) {                            // burning: slanting stripes
    return band(saw((q.x + q.y) * 0.95), 0.16);
  } else if (quality == 3) {                            // tingling: dots
    vec2 cell = fract(vec2(q.x + 0.5 * floor(mod(q.y * 1.15, 2.0)), q.y * 1.15)) - 0.5;
    float d = length(cell);
    float w = fwidth(q.x + q.y);
    return 1.0 - smoothstep(0.22 - w, 0.22 + w, d);
  } else if (quality == 4) {                            // numb: crossed lines
    return max(band(saw(q.x), 0.1), band(saw(q.y), 0.1));
  }
  return 0.0;                                           // ache: plain
}

// A line along the edge of a mask, so many pixels wide.
float outline(float mask, float pixels) {
  float w = max(fwidth(mask), 1e-4);
  float d = abs(mask - 0.45) / w;
  float here = step(0.02, mask) * step(mask, 0.98);
  return here * (1.0 - smoothstep(pixels - 0.7, pixels + 0.7, d));
}

void main() {
  vec3 n = normalize(vNormal);
  vec3 eye = normalize(vEye);

  // Light: a sky, a key from the upper left of the viewer, a rim.
  vec3 right = normalize(cross(vec3(0.0, 1.0, 0.0), eye));
  vec3 key = normalize(eye * 0.75 - right * 0.55 + vec3(0.0, 0.75, 0.0));
  float sky = 0.5 + 0.5 * n.y;
  float lit = clamp(dot(n, key) * 0.62 + 0.38, 0.0, 1.0);
  float light = 0.16 * sky + 0.86 * lit;
  float facing = clamp(dot(n, eye), 0.0, 1.0);
  float rim = pow(1.0 - facing, 3.0);
  vec3 base = mix(shade, skin, clamp(light, 0.0, 1.0));

  // Pain.
  float five[5] = float[5](vPain.x, vPain.y, vPain.z, vPain.w, vMore.x);
  int quality = 0;
  float total = 0.0;
  for (int i = 0; i < 5; i++) {
    total += five[i];
    if (five[i] > five[quality]) quality = i;
  }
  float painted = vMore.y;
  float strength = painted > 0.01 ? total / painted * (25.5 / 24.0) : 0.0;
  float w = clamp(fwidth(painted), 1e-4, 0.25);
  float cover = smoothstep(0.37 - w, 0.37 + w, painted);
  vec2 p = chart(n);
  vec3 fill = rampAt((strength - 0.1) / 0.9);
  vec3 ink = strength > 0.62 ? mix(fill, vec3(1.0, 0.93, 0.88), 0.62) : mix(fill, vec3(0.28, 0.03, 0.10), 0.62);
  vec3 pain = mix(fill, ink, pattern(quality, p));
  pain *= mix(0.72, 1.06, clamp(light, 0.0, 1.0));
  vec3 body = mix(base, pain, cover * 0.94);

  // Asked and free of pain: a quiet green dotted wash.
  float free = smoothstep(0.4, 0.6, vMore.z) * (1.0 - cover);
  body = mix(body, vec3(0.36, 0.62, 0.50), free * 0.28);

  body = mix(body, rimColour, rim * mix(0.35, 0.5, dark));

  // Referral zones: the main one hatched and outlined, the spill-over dotted.
  float main_ = smoothstep(0.4, 0.5, vZone.x);
  float spill = smoothstep(0.4, 0.5, vZone.y) * (1.0 - main_);
  float hatch = band(saw((p.x - p.y) / (grain * 1.05)), 0.2);
  vec2 cell = fract(p / (grain * 0.8)) - 0.5;
  float dots = 1.0 - smoothstep(0.16, 0.24, length(cell));
  body = mix(body, blue, main_ * (0.30 + 0.42 * hatch));
  body = mix(body, blue, spill * (0.10 + 0.5 * dots));
  body = mix(body, blue, outline(vZone.x, 1.9));
  float dash = step(0.45, fract((p.x + p.y * 1.3) / (grain * 1.2)));
  body = mix(body, blue, outline(max(vZone.x, vZone.y), 1.4) * dash);

  // Pain that nothing explains: a violet double line.
  float rest = max(outline(vMore.w, 2.0), 0.0);
  body = mix(body, violet, rest);

  // A region picked by name.
  body = mix(body, blue, outline(vZone.z, 1.6) * 0.9);

  // The brush: a ring on the skin.
  if (brushRadius > 0.0) {
    float d = distance(vWorld, brushAt);
    float px = max(fwidth(d), 1e-5);
    float ring = 1.0 - smoothstep(1.0, 2.2, abs(d - brushRadius) / px);
    float halo = 1.0 - smoothstep(2.2, 3.6, abs(d - brushRadius) / px);
    body = mix(body, vec3(1.0), halo * 0.55);
    body = mix(body, vec3(0.12, 0.13, 0.16), ring * 0.9);
  }
  colour = vec4(body, 1.0);
}`;

export interface Palette {
  readonly skin: string;
  readonly shade: string;
  readonly rim: string;
  readonly ramp: readonly string[];
  readonly zone: string;
  readonly unexplained: string;
  readonly dark: boolean;
}

/** Display colours as they are: no conversion to a linear space and back. */
const raw = (css: string): Color => new Color().setStyle(css, '');

export function makeSkinMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: vertex,
    fragmentShader: fragment,
    uniforms: {
      skin: { value: new Color() },
      shade: { value: new Color() },
      rimColour: { value: new Color() },
      dark: { value: 0 },
      grain: { value: 0.012 },
      ramp: { value: [0, 1, 2, 3, 4].map(() => new Color()) },
      blue: { value: new Color() },
      violet: { value: new Color() },
      brushAt: { value: [0, 0, 0] },
      brushRadius: { value: 0 },
    },
  });
}

export function applyPalette(material: ShaderMaterial, palette: Palette): void {
  const set = (name: string, value: unknown): void => {
    material.uniforms[name]!.value = value;
  };
  set('skin', raw(palette.skin));
  set('shade', raw(palette.shade));
  set('rimColour', raw(palette.rim));
  set('ramp', palette.ramp.map(raw));
  set('blue', raw(palette.zone));
  set('violet', raw(palette.unexplained));
  set('dark', palette.dark ? 1 : 0);
}
