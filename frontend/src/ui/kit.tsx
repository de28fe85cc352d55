/** The page's building blocks, each made once. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../base/l10n.ts';
import { Icon, type IconName } from './icons.tsx';
import { useId } from './ids.ts';

interface ButtonProps {
  readonly onClick: () => void;
  readonly children?: ComponentChildren;
  readonly icon?: IconName;
  /** Shown to assistive technology and as a tooltip when there is no visible text. */
  readonly name?: string;
  readonly kind?: 'primary' | 'plain' | 'quiet';
  readonly disabled?: boolean;
}

export function Button({ onClick, children, icon, name, kind = 'plain', disabled }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button button--${kind}${children ? '' : ' button--icon'}`}
      onClick={() => {
        if (!disabled) onClick();
      }}
      aria-label={name}
      title={name}
      // Stays reachable by keyboard, so that focus is not lost when the last step is undone.
      aria-disabled={disabled ? 'true' : undefined}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface Choice<Value extends string | number> {
  readonly value: Value;
  readonly label: string;
  readonly picture?: ComponentChildren;
  readonly className?: string;
  /** Read out in place of a label that is only a sign. */
  readonly name?: string;
}

interface SegmentedProps<Value extends string | number> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly variant?: string;
  readonly showLegend?: boolean;
  /** A few words beside the legend. */
  readonly hint?: string;
}

/** One of a few, all in view: real radio buttons, so that arrow keys and names come for free. */
export function Segmented<Value extends string | number>({
  legend,
  choices,
  value,
  onChange,
  variant = 'plain',
  showLegend = false,
  hint,
}: SegmentedProps<Value>): JSX.Element {
  const group = useId();
  return (
    <fieldset class={`segmented segmented--${variant}`}>
      <legend class={showLegend ? 'label' : 'visually-hidden'}>
        {legend} {hint && <span class="label__hint">{hint}</span>}
      </legend>
      <div class="segmented__row">
        {choices.map((choice) => (
          <label key={choice.value} class={`segment ${choice.className ?? ''}`}>
            <input
              type="radio"
              class="visually-hidden"
              name={group}
              aria-label={choice.name}
              checked={choice.value === value}
              onChange={() => {
                onChange(choice.value);
              }}
            />
            <span class="segment__face">
              {choice.picture}
              <span class="segment__label">{choice.label}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly text: string;
  readonly ends?: readonly [string, string];
  readonly onChange: (value: number) => void;
}

export function Slider({ label, value, min, max, step, text, ends, onChange }: SliderProps) {
  const id = useId();
  return (
    <div class="slider">
      <label class="label" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onInput={(event) => {
          onChange(event.currentTarget.valueAsNumber);
        }}
      />
      {ends && (
        <span class="slider__ends" aria-hidden="true">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </span>
      )}
    </div>
  );
}

interface BarProps {
  readonly share: number;
  /** Where it stood before, as a tick. */
  readonly before?: number;
}

/** A probability as a bar; the number stands beside it, so the bar itself is mute. */
export function Bar({ share, before }: BarProps): JSX.Element {
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar__track" width="100" height="8" />
      <rect class="bar__fill" width={Math.max(1, share * 100)} height="8" />
      {before !== undefined && (
        <rect class="bar__before" x={Math.min(99, before * 100)} width="1" height="8" />
      )}
    </svg>
  );
}

interface PopoverProps {
  readonly name: string;
  readonly icon: IconName;
  readonly label?: string;
  readonly align?: 'start' | 'end';
  readonly direction?: 'down' | 'up';
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button and the small panel that it opens; Escape or a press elsewhere closes it. */
export function Popover(props: PopoverProps): JSX.Element {
  const { name, icon, label, align = 'start', direction = 'down', children } = props;
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside, true);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
    };
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      class="popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          close();
        }
      }}
    >
      <button
        ref={button}
        type="button"
        class={`button button--plain${label ? '' : ' button--icon'}`}
        aria-expanded={open}
        aria-controls={panel}
        aria-label={label ? undefined : name}
        title={label ? undefined : name}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon name={icon} />
        {label}
      </button>
      <div
        id={panel}
        class={`popover__panel popover__panel--${align} popover__panel--${direction}`}
        role="group"
        aria-label={name}
        hidden={!open}
      >
        {open && children(close)}
      </div>
    </div>
  );
}

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={heading} onClose={onClose}>
      <header class="dialog__head">
        <h2 id={heading}>{title}</h2>
        <Button
          icon="close"
          kind="quiet"
          name={t('kit-close')}
          onClick={() => dialog.current?.close()}
        />
      </header>
      {children}
    </dialog>
  );
}

/** A message that a form or a panel shows where it belongs. */
export function Notice({
  tone,
  children,
}: {
  tone: 'error' | 'info';
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`notice notice--${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      {tone === 'error' && <Icon name="warning" />}
      <div>{children}</div>
    </div>
  );
}
