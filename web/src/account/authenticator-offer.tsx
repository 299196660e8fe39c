import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { Copy } from './copy.js';
import { useFileAddress } from './file-address.js';
import { ownRequest } from './own-request.js';

/** A secret that waits for its first code. */
export interface Offer {
  readonly secret: string;
  readonly uri: string;
  /** An SVG document. */
  readonly qrCode: string;
}

interface Properties {
  readonly offer: Offer;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onCancel: () => void;
}

/** Shows the secret as a picture and as text, and takes the first code of it. */
export function AuthenticatorOffer({ offer, onCodes, onCancel }: Properties): VNode {
  const submission = useSubmission();
  const title = useRef<HTMLHeadingElement>(null);
  const picture = useFileAddress(offer.qrCode, 'image/svg+xml');
  useLayoutEffect(() => title.current?.focus(), []);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const code = typed(fields, 'firstCode').trim();
    if (!/^\d{3} ?\d{3}$/.test(code)) return fault('sixDigits');
    const answer = await ownRequest('POST', '/v1/me/factors/totp/confirm', { code });
    if (answer?.isOk) onCodes((answer.body as unknown as { recoveryCodes: string[] }).recoveryCodes);
    else return faultOf(answer, { 'enrolment-code-wrong': 'wrongCode', 'enrolment-not-begun': 'appTooLate' });
    return null;
  };
  return (
    <>
      <h3 ref={title} tabIndex={-1}>
        {text('appStepScan')}
      </h3>
      <p>{text('appScan')}</p>
      {picture && <img class="code" src={picture} alt={text('qrCode')} width="220" height="220" />}
      <p class="on-phones">
        <a href={offer.uri}>{text('appOpen')}</a>
      </p>
      <p>{text('appSecret')}</p>
      <Copy words={offer.secret} shown={<code class="secret">{spaced(offer.secret)}</code>} />
      <h3>{text('appStepCode')}</h3>
      <Form submission={submission} action={text('appConfirm')} send={send}>
        <Field
          name="firstCode"
          label={text('appCode')}
          autoComplete="one-time-code"
          inputMode="numeric"
          isWrong={submission.fault !== null && !submission.fault.isUnsure}
        />
      </Form>
      <button type="button" class="plain" onClick={onCancel}>
        {text('cancel')}
      </button>
    </>
  );
}

/** In groups of four, as people type it. */
const spaced = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
