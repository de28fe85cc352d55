/** A field of the course with what is wrong with it right below. */
import type { JSX } from 'preact';
import { t } from '../base/l10n.ts';
import { useId } from '../ui/ids.ts';
import type { Fault, Faults } from './draft.ts';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly place: string;
  readonly faults: Faults;
  readonly onInput: (text: string) => void;
  /** Read out only: the label stands at the head of a column. */
  readonly hidden?: boolean;
  readonly hint?: string;
  readonly placeholder?: string;
}

export function Field(props: FieldProps): JSX.Element {
  const { label, value, place, faults, onInput, hidden = false, hint, placeholder } = props;
  const id = useId();
  const fault = faults.get(place);
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label class={hidden ? 'visually-hidden' : 'label'} for={id}>
        {label}
      </label>
      <input
        id={id}
        class="input"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        value={value}
        placeholder={placeholder}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={described || undefined}
        onInput={(event) => {
          onInput(event.currentTarget.value);
        }}
      />
      {hint && (
        <span id={`${id}-hint`} class="small muted">
          {hint}
        </span>
      )}
      <FaultText id={`${id}-fault`} fault={fault} />
    </div>
  );
}

export function FaultText({ id, fault }: { id?: string; fault: Fault | undefined }) {
  if (!fault) return null;
  if (typeof fault === 'string')
    return (
      <span id={id} class="fault">
        {t(`forecast-fault-${fault}`)}
      </span>
    );
  return (
    <span id={id} class="fault" lang="en" role="alert">
      {fault.said}
    </span>
  );
}
