import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../common/errors.js';
import { Public } from '../common/security/access.js';
import { Config } from '../config/config.js';
import { isLocalRequest } from './is-local-request.js';
import { Metrics } from './metrics.service.js';

/** The metrics on the main port: for programs on this machine, where they have no port of their own (contract 1). */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /** For everybody else there is no such path. */
  @Get()
  @Public()
  async show(
    @Req() { raw }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (this.config.server.metricsPort !== null || !isLocalRequest(raw)) throw new NotFound();
    const { contentType, body } = await this.metrics.render();
    void reply.type(contentType);
    return body;
  }
}
