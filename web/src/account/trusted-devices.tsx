import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { NewsLine, useNews } from '../parts/news.js';
import { moment, text } from '../texts/texts.js';
import { More, useListed } from './listed.js';
import { ownRequest } from './own-request.js';
import { programOf } from './program.js';

const ROUTE = '/v1/me/trusted-devices';

interface TrustedDevice {
  readonly id: string;
  readonly userAgent: string;
  readonly address: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** The browsers in which no second factor is asked for. */
export function TrustedDevices(): VNode {
  const devices = useListed<TrustedDevice>(ROUTE);
  const news = useNews();
  const revoke = async (path: string, words: string): Promise<Fault | null> => {
    const answer = await ownRequest('DELETE', path);
    if (!answer?.isOk && answer?.status !== 404) return faultOf(answer, {});
    const fault = await devices.reload();
    news.tell(words);
    return fault;
  };
  return (
    <section>
      <h2>{text('devicesTitle')}</h2>
      <NewsLine news={news} />
      <p>{text(devices.hasLoaded && devices.items.length === 0 ? 'devicesNone' : 'devicesText')}</p>
      <ul class="entries">
        {devices.items.map((device) => (
          <li key={device.id}>
            <strong>{nameOf(device)}</strong>
            <span class="quiet">{aboutOf(device)}</span>
            <Act
              label={text('deviceRevoke')}
              to={`${nameOf(device)}, ${aboutOf(device)}`}
              act={() => revoke(`${ROUTE}/${device.id}`, text('deviceRevoked'))}
            />
          </li>
        ))}
      </ul>
      <More of={devices} />
      {devices.items.length > 1 && (
        <Act label={text('devicesRevokeAll')} act={() => revoke(ROUTE, text('devicesRevoked'))} />
      )}
    </section>
  );
}

const nameOf = ({ userAgent }: TrustedDevice): string => programOf(userAgent) || text('unknownProgram');

const aboutOf = ({ address, expiresAt }: TrustedDevice): string =>
  `${address} – ${text('trustedUntil', { time: moment(expiresAt) })}`;
