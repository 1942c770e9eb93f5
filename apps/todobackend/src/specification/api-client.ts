/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body, read as JSON where it is JSON; undefined where there is none. */
  readonly body: unknown;
}

/** A request beside its method and URL. */
export interface ApiRequest {
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Longest wait for an answer, in milliseconds. */
const WAIT_MILLISECONDS = 30_000;

/** Calls the API of a running service. */
export class ApiClient {
  /** @param baseUrl where the service is, without a slash at its end, such as `http://localhost:8000` */
  public constructor(public readonly baseUrl: string) {}

  /** Sends a request to a path of the service, or to a whole URL. */
  public async send(method: string, url: string, request: ApiRequest = {}): Promise<ApiAnswer> {
    const { body } = request;
    const response = await fetch(url.startsWith('/') ? `${this.baseUrl}${url}` : url, {
      method,
      headers: { 'content-type': 'application/json', ...request.headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(WAIT_MILLISECONDS),
    });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : isJson ? JSON.parse(text) : text };
  }

  /** Stores a todo and returns what the service says of it. */
  public async create(todo: object): Promise<SpecifiedTodo> {
    const { body } = await this.send('POST', '/todos', { body: todo });
    return body as SpecifiedTodo;
  }

  /** All todos. */
  public async list(): Promise<readonly SpecifiedTodo[]> {
    const { body } = await this.send('GET', '/todos');
    return body as readonly SpecifiedTodo[];
  }

  /** Removes all todos. */
  public async clear(): Promise<void> {
    await this.send('DELETE', '/todos');
  }
}

/** A todo in an answer, as far as it is specified. */
export interface SpecifiedTodo {
  readonly title: string;
  readonly completed: boolean;
  readonly order: number | null;
  readonly url: string;
}
