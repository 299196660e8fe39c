import type { VNode } from 'preact';
import { text } from '../texts/texts.js';
import { DeleteAccount } from './delete-account.js';
import { DownloadData } from './download-data.js';
import type { SectionProperties } from './user.js';

/** All that is kept of the user: to be had, and to be deleted. */
export function MyData({ user, onDeleted }: SectionProperties): VNode {
  return (
    <>
      <section>
        <h2>{text('downloadTitle')}</h2>
        <p>{text('downloadText')}</p>
        <DownloadData />
      </section>
      <section>
        <h2>{text('deleteTitle')}</h2>
        <p>{text('deleteText')}</p>
        <DeleteAccount user={user} onDeleted={onDeleted} />
      </section>
    </>
  );
}
