import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Fault } from '../api/fault.js';
import { Page } from '../parts/page.js';
import { canUsePasskeys } from '../passkeys/passkeys.js';
import { text } from '../texts/texts.js';
import { CodeForm, PasskeyForm } from './factor-forms.js';
import type { FirstStep } from './first-step.js';

/** Ways to show a second factor that can stand in for each other, with what leads there; the first is asked for first. */
const WAYS = [
  ['app', 'toApp'],
  ['passkey', 'toPasskey'],
  ['recovery-code', 'toRecovery'],
] as const;

type FactorMethod = (typeof WAYS)[number][0] | 'email';

interface Properties {
  readonly first: FirstStep;
  /** The password step is to be shown again. */
  readonly onOver: (why: Fault | null) => void;
}

/** Asks for the second factor in one of the ways that the server named, and signs in with it. */
export function SecondStep({ first, onOver }: Properties): VNode {
  const ways = WAYS.filter(([way]) => first.methods.includes(way) && (way !== 'passkey' || canUsePasskeys()));
  const method = useSignal<FactorMethod>(ways[0]?.[0] ?? 'email');
  return (
    <Page title={text('secondStepTitle')}>
      {method.value === 'passkey' ? (
        <PasskeyForm remember={first.remember} />
      ) : (
        <CodeForm key={method.value} method={method.value} first={first} onOver={onOver} />
      )}
      {ways
        .filter(([way]) => way !== method.value)
        .map(([way, label]) => (
          <button key={way} type="button" class="plain" onClick={() => (method.value = way)}>
            {text(label)}
          </button>
        ))}
      <button type="button" class="plain" onClick={() => onOver(null)}>
        {text('back')}
      </button>
    </Page>
  );
}
