import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { NewsLine, useNews } from '../parts/news.js';
import { canUsePasskeys } from '../passkeys/passkeys.js';
import { text } from '../texts/texts.js';
import { AddPasskey } from './add-passkey.js';
import { Loading, useLoaded } from './loaded.js';
import { PasskeyEntry, type Passkey } from './passkey-entry.js';
import { RecoveryCodes } from './recovery-codes.js';

/** One's own passkeys: listed, added, renamed, removed. */
export function Passkeys(): VNode {
  const passkeys = useLoaded<{ readonly items: readonly Passkey[] }>('/v1/me/passkeys');
  const news = useNews();
  const codes = useSignal<readonly string[]>([]);
  const changed = async (words: string) => {
    const fault = await passkeys.load();
    news.tell(words);
    return fault;
  };
  if (codes.value.length > 0) {
    const kept = (): void => {
      codes.value = [];
      news.tell(text('codesKept'));
    };
    return <RecoveryCodes codes={codes.value} onKept={kept} />;
  }
  const added = (recoveryCodes: readonly string[]) => {
    codes.value = recoveryCodes;
    return changed(text('passkeyAdded'));
  };
  const { value } = passkeys;
  return (
    <>
      <NewsLine news={news} />
      <p>{text('passkeysText')}</p>
      {value === null ? (
        <Loading of={passkeys} />
      ) : (
        <>
          {value.items.length === 0 && <p>{text('passkeysNone')}</p>}
          <ul class="entries">
            {value.items.map((passkey) => (
              <PasskeyEntry key={passkey.id} passkey={passkey} onChange={changed} />
            ))}
          </ul>
          {canUsePasskeys() ? <AddPasskey onAdded={added} /> : <p>{text('passkeysUnable')}</p>}
        </>
      )}
    </>
  );
}
