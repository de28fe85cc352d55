/**
 * Made-up answers in the shape of the server's, so that the page can be worked on alone
 * (`npm run dev`). Never part of a build.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { parseBody } from '../src/body/glb.ts';
import { applyBuild, NEUTRAL } from '../src/body/shape.ts';
import { makeSurface, regionVertices, type Surface } from '../src/body/surface.ts';
import { encodeRuns } from '../src/drawing/runs.ts';
import type { DrawingJson, Location, Region } from '../src/api/types.ts';

const folder = fileURLToPath(new URL('../../src/tautband/clinic/static/body/', import.meta.url));

export function mockApi(): Plugin {
  const name = readdirSync(folder).find((file) => file.endsWith('.glb'));
  if (!name) throw new Error(`no body in ${folder}`);
  const file = readFileSync(folder + name);
  const body = parseBody(new Uint8Array(file).buffer);
  applyBuild(body.positions.slice(), body.morphs, NEUTRAL, body.positions);
  const version = name.split('.')[1]!;
  const regions = makeRegions(makeSurface(body));
  const near = (x: number, y: number, z: number, radius: number): number[] => {
    const out: number[] = [];
    const p = body.positions;
    for (let v = 0; v < p.length / 3; v++)
      if (Math.hypot(p[v * 3]! - x, p[v * 3 + 1]! - y, p[v * 3 + 2]! - z) < radius) out.push(v);
    return out;
  };

  const answer = async (url: URL, request: IncomingMessage): Promise<unknown> => {
    if (url.pathname === '/api/body')
      return { version, glb: `/static/body/${name}`, regions, shapes: [] };
    if (url.pathname === '/api/findings') {
      return { signs: ['familiar pain', 'taut band'], details: [], tests: [] };
    }
    if (url.pathname === '/api/words') {
      const { text } = JSON.parse(await bodyOf(request)) as { text: string };
      if (!/shoulder|arm/i.test(text)) return refusal;
      return words(version, near(-0.16, 1.42, 0.06, 0.08), near(-0.28, 1.3, 0, 0.1));
    }
    if (url.pathname === '/api/locate') {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return ranking(
        (JSON.parse(await bodyOf(request)) as { drawing: DrawingJson }).drawing,
        regions,
      );
    }
    const muscle = /^\/api\/muscles\/(\w+)$/.exec(url.pathname)?.[1];
    if (!muscle) return undefined;
    const side = url.searchParams.get('side') === 'left' ? 1 : -1;
    return {
      id: muscle,
      name: muscle,
      side: side > 0 ? 'left' : 'right',
      synonyms: [],
      trigger_points: [{ id: `${muscle}-1`, vertex: near(side * 0.11, 1.33, -0.11, 0.05)[0] ?? 0 }],
      zones: {
        main: encodeRuns(near(side * 0.2, 1.36, 0.05, 0.1)),
        spill: encodeRuns(near(side * 0.3, 1.2, 0, 0.17)),
      },
      summary: {},
    };
  };

  return {
    name: 'tautband-mock-api',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://localhost');
        if (url.pathname === `/static/body/${name}`) {
          response.setHeader('Content-Type', 'model/gltf-binary');
          response.end(file);
          return;
        }
        if (!url.pathname.startsWith('/api/')) {
          next();
          return;
        }
        answer(url, request).then(
          (result) => {
            reply(response, result);
          },
          // The page went away in the middle of its question.
          () => response.destroy(),
        );
      });
    },
  };
}

function reply(response: ServerResponse, result: unknown): void {
  response.statusCode = result === undefined ? 404 : result === refusal ? 422 : 200;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(result ?? {}));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const refusal = {
  field: 'text',
  problem: 'no place on the body was understood',
  expected: 'a sentence that names where it hurts',
  suggestions: ['shoulder', 'outside of the arm'],
  message: 'No place on the body was understood. Name where it hurts.',
};

/** Regions as numbered in the file, named by where they lie; left ones first, then right ones. */
function makeRegions(surface: Surface): Region[] {
  const p = surface.positions;
  return Array.from({ length: surface.regionCount * 2 }, (_, index) => {
    const vertices = regionVertices(surface, index);
    const mean = (k: number): number =>
      vertices.reduce((sum, v) => sum + p[v * 3 + k]!, 0) / vertices.length;
    const part = mean(1) > 1.4 ? 'head' : mean(1) > 0.85 ? 'upper body' : 'leg';
    const face = mean(2) > 0.01 ? 'front' : 'back';
    const number = index % surface.regionCount;
    const name = `Made-up ${face} ${part} ${number}`;
    return {
      id: `made_up_${number}`,
      side: index < surface.regionCount ? 'left' : 'right',
      name,
      plain: name.toLowerCase(),
      synonyms: [`${part} area`],
      views: [face],
      index,
      anchor: vertices[0]!,
    };
  });
}

function words(body: string, first: number[], second: number[]): unknown {
  const rest = second.filter((v) => !first.includes(v));
  const drawing: DrawingJson = {
    schema: 'tautband.drawing/1',
    body,
    answers: 'named places only',
    marks: [
      { intensity: 6, quality: 'ache', vertices: encodeRuns(first) },
      { intensity: 4, quality: 'ache', vertices: encodeRuns(rest) },
    ],
    free: [],
  };
  return {
    drawing,
    understood: [
      { text: 'deep ache', meaning: 'ache' },
      { text: 'front of the right shoulder', meaning: 'front of the shoulder, right' },
      { text: 'running down the outside of the arm', meaning: 'outside of the upper arm, right' },
    ],
    not_understood: ['at work'],
  };
}

const PRIOR = { value: 0.02, why: [] };

function ranking(drawing: DrawingJson, regions: readonly Region[]): Location {
  const place = (i: number, share: number) => {
    const region = regions[i % regions.length]!;
    return { region: region.id, side: region.side, name: region.name, share };
  };
  const strong = drawing.marks.some((mark) => mark.intensity >= 9);
  return {
    understood: [],
    not_understood: [],
    schema: 'tautband.locate/1',
    versions: { body: drawing.body, atlas: '2026.11', model: '1', tautband: '0.1.0' },
    red_flags: strong
      ? [
          {
            id: 'chest',
            title: 'Chest and left arm',
            urgency: 'emergency_now',
            do: 'Call the emergency number. Do not needle.',
            ask: ['Does it come with effort?'],
            say: 'Pain of this kind can come from the heart. Ask about breathlessness, sweating and effort, and act before anything else.',
            why: 'The drawing covers the chest and the inner side of the left arm.',
            source: 'made up for the mock',
          },
        ]
      : [],
    questions: [],
    widespread: null,
    candidates: (
      [
        ['infraspinatus', 'Infraspinatus', 0.62],
        ['supraspinatus', 'Supraspinatus', 0.31],
        ['deltoid_anterior', 'Deltoid, anterior part', 0.18],
        ['subscapularis', 'Subscapularis', 0.07],
      ] as const
    ).map(([muscle, name, probability], i) => ({
      muscle,
      name,
      synonyms: ['M. ' + muscle],
      side: 'right',
      probability,
      from_drawing: null,
      prior: PRIOR,
      explains: [place(i, 0.92), place(i + 3, 0.71), place(i + 7, 0.5), place(i + 9, 0.3)],
      against: i % 2 ? [{ ...place(i + 20, 0), why: 'usually painful, but left free' }] : [],
      at_risk: [
        {
          structure: 'Lung and pleura',
          note: 'through an infraspinous foramen or past the scapula’s edge',
          source: 'made up for the mock',
          confidence: 'published teaching',
        },
      ],
    })),
    other_causes: [
      {
        id: 'c5',
        name: 'C5 root',
        kind: 'nerve root',
        side: 'right',
        probability: 0.14,
        from_drawing: null,
        prior: PRIOR,
        explains: [],
      },
      {
        id: 'gh',
        name: 'Shoulder joint',
        kind: 'joint',
        side: 'right',
        probability: 0.09,
        from_drawing: null,
        prior: PRIOR,
        explains: [],
      },
    ],
    unexplained: drawing.marks.length > 2 ? [place(40, 0.4)] : [],
    bound: 0.0007,
    setting: { presentation: null, sex: null, age: null, treated: [], assumed_findings: true },
  };
}
