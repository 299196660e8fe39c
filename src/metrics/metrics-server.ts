import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Metrics } from './metrics.service.js';

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** The metrics on a port of their own, `METRICS_PORT`, for whoever can reach it. */
@Injectable()
export class MetricsServer implements BeforeApplicationShutdown {
  private readonly logger = new Logger(MetricsServer.name);
  private server: Server | null = null;

  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Listens, where a port is configured; answers the port.
   * @throws the fault of the operating system when it cannot.
   */
  async listen(): Promise<number | null> {
    const { host, metricsPort } = this.config.server;
    if (metricsPort === null) return null;
    const server = createServer((request, response) => void this.answer(request, response));
    server.listen(metricsPort, host);
    await once(server, 'listening');
    this.server = server;
    const address = server.address();
    return typeof address === 'object' ? (address?.port ?? null) : null;
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = null;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  private async answer({ method = '', url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (url.replace(/\?.*$/, '') !== '/metrics') return refuse(response, 404);
    if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405, { allow: 'GET, HEAD' });
    try {
      const { contentType, body } = await this.metrics.render();
      response.writeHead(200, { ...HEADERS, 'content-type': contentType });
      response.end(method === 'HEAD' ? undefined : body);
    } catch (error) {
      this.logger.error(`The metrics could not be read: ${(error as Error).message}`);
      refuse(response, 500);
    }
  }
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...HEADERS, ...headers }).end();
}
