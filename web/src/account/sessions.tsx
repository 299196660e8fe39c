import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { NewsLine, useNews } from '../parts/news.js';
import { moment, text } from '../texts/texts.js';
import { More, useListed } from './listed.js';
import { ownRequest } from './own-request.js';
import { programOf } from './program.js';

const ROUTE = '/v1/sessions';

/** A session as `GET /v1/sessions` lists it. */
interface Session {
  readonly id: string;
  readonly address: string;
  readonly userAgent: string;
  readonly lastUsedAt: string;
  readonly isCurrent: boolean;
}

/** One's own sessions: each but this one can be ended, and all of them together. */
export function Sessions(): VNode {
  const sessions = useListed<Session>(ROUTE);
  const news = useNews();
  const end = async (path: string, words: string): Promise<Fault | null> => {
    const answer = await ownRequest('DELETE', path);
    if (!answer?.isOk) return faultOf(answer, {});
    const fault = await sessions.reload();
    news.tell(words);
    return fault;
  };
  const hasOthers = sessions.items.some(({ isCurrent }) => !isCurrent);
  return (
    <>
      <NewsLine news={news} />
      <p>{text('sessionsText')}</p>
      <ul class="entries">
        {sessions.items.map((session) => (
          <li key={session.id}>
            <strong>{nameOf(session)}</strong>
            <span class="quiet">{aboutOf(session)}</span>
            {!session.isCurrent && (
              <Act
                label={text('endSession')}
                to={`${nameOf(session)}, ${aboutOf(session)}`}
                act={() => end(`${ROUTE}/${session.id}`, text('sessionEndedThere'))}
              />
            )}
          </li>
        ))}
      </ul>
      <More of={sessions} />
      {hasOthers && <Act label={text('endOthers')} act={() => end(ROUTE, text('othersEnded'))} />}
    </>
  );
}

const nameOf = ({ userAgent }: Session): string => programOf(userAgent) || text('unknownProgram');

function aboutOf({ address, isCurrent, lastUsedAt }: Session): string {
  const when = isCurrent ? text('thisSession') : text('lastUsed', { time: moment(lastUsedAt) });
  return `${address} – ${when}`;
}
