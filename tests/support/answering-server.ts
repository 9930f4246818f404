import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void;

export interface AnsweringServer extends AsyncDisposable {
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
}

/** A real HTTP server of this machine that gives every request to a function. */
export async function answeringServer(answer: Answer): Promise<AnsweringServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const { method = 'GET', headers, url = '/' } = incoming;
      const seen = { method, headers, body, url: new URL(url, 'http://server') };
      requests.push(seen);
      // The clocks of tests stand at days of their own.
      response.sendDate = false;
      answer(response, seen);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Gives each request the next answer; the last one again and again. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let index = 0;
  return (response, request) => {
    answers[Math.min(index, answers.length - 1)]?.(response, request);
    index += 1;
  };
}
