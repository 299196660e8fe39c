import type { FastifyInstance } from 'fastify';
import { DRAIN_TIMEOUT } from './limits.js';

/**
 * Lets a stopping server end soon and answer what it has accepted. Node closes idle connections once,
 * when the stop begins; a connection that becomes idle later would keep the process for as long as its
 * keep-alive lasts, and one that never completes its request for ever.
 */
export function stopGracefully(instance: FastifyInstance): void {
  let isStopping = false;
  instance.addHook('preClose', (done) => {
    isStopping = true;
    const timer = setTimeout(() => instance.server.closeAllConnections(), DRAIN_TIMEOUT);
    timer.unref();
    instance.server.once('close', () => clearTimeout(timer));
    done();
  });
  instance.addHook('onResponse', (request, _reply, done) => {
    if (isStopping) request.raw.socket?.destroySoon();
    done();
  });
}
