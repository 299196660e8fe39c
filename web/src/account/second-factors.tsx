import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { NewsLine, useNews } from '../parts/news.js';
import { text } from '../texts/texts.js';
import { Authenticator } from './authenticator.js';
import { Loading, useLoaded } from './loaded.js';
import { MailedCodes } from './mailed-codes.js';
import { RecoveryCodes } from './recovery-codes.js';
import { RenewCodes } from './renew-codes.js';
import { TrustedDevices } from './trusted-devices.js';

/** What `GET /v1/me/factors` answers. */
export interface Factors {
  readonly totp: { readonly enrolledAt: string } | null;
  readonly recoveryCodesLeft: number;
  readonly email: { readonly enabledAt: string } | null;
  readonly passkeys?: number;
}

/** What is asked for beside the password, and where it is not. */
export function SecondFactors(): VNode {
  const factors = useLoaded<Factors>('/v1/me/factors');
  const news = useNews();
  const codes = useSignal<readonly string[] | null>(null);
  const { value } = factors;
  if (codes.value !== null) {
    const kept = (): void => {
      codes.value = null;
      void factors.load();
      news.tell(text('codesKept'));
    };
    return <RecoveryCodes codes={codes.value} onKept={kept} />;
  }
  const show = (made: readonly string[]): void => void (codes.value = made);
  const changed = async (words: string) => {
    const fault = await factors.load();
    news.tell(words);
    return fault;
  };
  return (
    <>
      <NewsLine news={news} />
      <p>{text('factorsText')}</p>
      {value === null ? (
        <Loading of={factors} />
      ) : (
        <>
          <Authenticator enrolledAt={value.totp?.enrolledAt ?? null} onCodes={show} onChange={changed} />
          {(value.totp !== null || value.recoveryCodesLeft > 0) && (
            <RenewCodes left={value.recoveryCodesLeft} onCodes={show} />
          )}
          <MailedCodes isOn={value.email !== null} hasApp={value.totp !== null} onChange={changed} />
          <TrustedDevices />
        </>
      )}
    </>
  );
}
