/** A signature drawn on the screen: strokes of points from 0 to 1, kept in the form's own field. */

type Stroke = [number, number][];

export function run(box: HTMLElement): void {
  const canvas = box.querySelector('canvas');
  const kept = box.querySelector<HTMLInputElement>('input[name=strokes]');
  const pen = canvas?.getContext('2d');
  if (!canvas || !kept || !pen) return;
  box.hidden = false;
  const strokes: Stroke[] = read(kept.value);

  const draw = (): void => {
    const { width, height } = canvas.getBoundingClientRect();
    const scale = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    pen.lineWidth = 2.5 * scale;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const stroke of strokes) {
      pen.beginPath();
      for (const [x, y] of stroke) pen.lineTo(x * canvas.width, y * canvas.height);
      pen.stroke();
    }
  };
  const at = (event: PointerEvent): [number, number] => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const part = (value: number): number => Number(Math.min(1, Math.max(0, value)).toFixed(4));
    return [part((event.clientX - left) / width), part((event.clientY - top) / height)];
  };
  const keep = (): void => {
    kept.value = strokes.length ? JSON.stringify(strokes) : '';
    kept.dispatchEvent(new Event('input', { bubbles: true }));
  };

  canvas.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    strokes.push([at(event)]);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    strokes.at(-1)?.push(at(event));
    draw();
  });
  const end = (): void => {
    draw();
    keep();
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
  box.querySelector('[data-clear]')?.addEventListener('click', () => {
    strokes.length = 0;
    draw();
    keep();
  });
  new ResizeObserver(draw).observe(canvas);
}

function read(text: string): Stroke[] {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? (found as Stroke[]) : [];
  } catch {
    return [];
  }
}
