import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiTags, ApiOkResponse, ApiResponse } from '@nestjs/swagger';
import { text } from '../../http/described.js';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/security/access.js';
import { isNotModified } from '../../http/entity-tag.js';
import { Media } from '../../media/media.service.js';

/** What is under a name never changes, and other sites may embed it; it is an image and runs nothing. */
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'content-disposition': 'inline',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/** The images that accounts of 002 show, for whoever knows their names. */
@ApiTags('romeo (002)')
@Controller('media')
export class RomeoMediaController {
  constructor(private readonly media: Media) {}

  @Get(':name')
  @Public()
  @ApiOperation({ summary: 'An image of an account' })
  @ApiOkResponse({ content: { 'image/*': { schema: text('The image', { format: 'binary' }) } } })
  @ApiResponse({ status: 304, description: 'The caller has it' })
  async image(
    @Param('name') name: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { type, file } = await this.media.open(name);
    const etag = `"${name}"`;
    void reply.headers({ ...HEADERS, etag });
    if (isNotModified(ifNoneMatch, etag)) {
      await file.close();
      void reply.status(304).send();
    } else {
      void reply.type(type).header('content-length', file.size).send(file.stream());
    }
  }
}
