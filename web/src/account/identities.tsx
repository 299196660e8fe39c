import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { NewsLine, useNews } from '../parts/news.js';
import { providerName } from '../providers.js';
import { moment, text, type TextName } from '../texts/texts.js';
import { LinkAccount } from './link-account.js';
import { Loading, useLoaded } from './loaded.js';
import { ownRequest } from './own-request.js';

const ROUTE = '/v1/me/identities';

/** An account elsewhere as `GET /v1/me/identities` lists it. */
interface Identity {
  readonly id: string;
  readonly provider: string;
  readonly label: string | null;
  readonly linkedAt: string;
}

/** The accounts elsewhere that sign the user in. */
export function Identities(): VNode {
  const identities = useLoaded<{ readonly items: readonly Identity[] }>(ROUTE);
  const news = useNews();
  const changed = async (words: TextName): Promise<Fault | null> => {
    const fault = await identities.load();
    news.tell(text(words));
    return fault;
  };
  const unlink = async (id: string): Promise<Fault | null> => {
    const answer = await ownRequest('DELETE', `${ROUTE}/${id}`);
    if (!answer?.isOk && answer?.status !== 404) return faultOf(answer, { 'last-way-in': 'lastWayIn' });
    return changed('identityUnlinked');
  };
  const { value } = identities;
  return (
    <>
      <NewsLine news={news} />
      <p>{text('identitiesText')}</p>
      {value === null ? (
        <Loading of={identities} />
      ) : value.items.length === 0 ? (
        <p>{text('identitiesNone')}</p>
      ) : (
        <ul class="entries">
          {value.items.map(({ id, provider, label, linkedAt }) => (
            <li key={id}>
              <strong>{providerName(provider)}</strong>
              <span class="quiet">
                {[label, text('linkedAt', { time: moment(linkedAt) })].filter(Boolean).join(' – ')}
              </span>
              <Act
                label={text('unlink')}
                to={providerName(provider)}
                question={text('unlinkSure', { name: providerName(provider) })}
                act={() => unlink(id)}
              />
            </li>
          ))}
        </ul>
      )}
      {value !== null && (
        <LinkAccount onLinked={() => changed('identityLinked')} onUnsure={identities.load} />
      )}
    </>
  );
}
