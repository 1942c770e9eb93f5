/** What a schedule's rule may say. */
export interface ScheduledEventOptions {
  /**
   * What the event carries.
   *
   * @default nothing
   */
  readonly detail?: Readonly<Record<string, unknown>>;
  /**
   * When it was due, in ISO 8601.
   *
   * @default the event says nothing of it
   */
  readonly time?: string;
}

/** The event that a schedule of EventBridge sends, less its account, Region and rule: https://docs.aws.amazon.com/eventbridge/latest/userguide/event-reference.html */
export function scheduledEvent({ detail = {}, ...time }: ScheduledEventOptions = {}): Readonly<Record<string, unknown>> {
  return { version: '0', id: 'tick', 'detail-type': 'Scheduled Event', source: 'aws.events', ...time, resources: [], detail };
}
