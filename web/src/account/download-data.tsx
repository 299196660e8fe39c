import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { text } from '../texts/texts.js';
import { useFileAddress } from './file-address.js';
import { ownFile } from './own-request.js';

/** Fetches all that is kept of the user, and has the browser save it; again by a link, if it did not. */
export function DownloadData(): VNode {
  const file = useSignal<Blob | null>(null);
  const address = useFileAddress(file.value, 'application/json');
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => link.current?.click(), [address]);
  const fetchData = async (): Promise<Fault | null> => {
    const answer = await ownFile('/v1/me/export');
    if (answer === null || !('file' in answer) || answer.file === null) return faultOf(answer, {});
    file.value = answer.file;
    return null;
  };
  return (
    <>
      <Act label={text('download')} act={fetchData} />
      <p role="status">{address && text('downloaded')}</p>
      {address && (
        <p>
          <a ref={link} href={address} download={`${location.host}-${today()}.json`}>
            {text('downloadAgain')}
          </a>
        </p>
      )}
    </>
  );
}

const today = (): string => new Date().toISOString().slice(0, 10);
