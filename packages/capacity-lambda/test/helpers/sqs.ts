/** An SQS batch as Lambda delivers it, its messages numbered from 0; objects become JSON bodies. */
export function batchOf(...bodies: readonly unknown[]): { readonly Records: readonly unknown[] } {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `message-${index}`,
      receiptHandle: 'receipt',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:capacity',
      awsRegion: 'eu-west-1',
    })),
  };
}
