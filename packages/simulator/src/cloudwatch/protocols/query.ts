import { XmlNode, XmlText } from '@aws-sdk/xml-builder';
import type { ServiceRequest } from '../../endpoint/service.js';
import { decode } from '../input-shape.js';
import { API_VERSION, type OpenCall } from './call.js';
import { queryReader, queryTree } from './query-document.js';

const XML_NAMESPACE = `http://monitoring.amazonaws.com/doc/${API_VERSION}/`;

/**
 * AWS Query (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html): what botocore 1.29 and
 * the aws CLI 2.9 send, as a form or in the path.
 */
export const openQueryCall: OpenCall = (request, requestId) => {
  const parameters = queryParameters(request);
  if (parameters === undefined || !isForCloudWatch(request, parameters)) return undefined;
  const operation = parameters.get('Action') ?? '';
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  return {
    operation,
    input: (shape) => decode(shape, queryTree(parameters), queryReader),
    succeed: (output) => {
      const metadata = element('ResponseMetadata', [XmlNode.of('RequestId', requestId)]);
      const result = output === undefined ? [] : [toXml(`${operation}Result`, output)];
      return { status: 200, headers, body: root(`${operation}Response`, [...result, metadata]) };
    },
    fail: ({ code, message }) => {
      const error = [XmlNode.of('Type', 'Sender'), XmlNode.of('Code', code), text('Message', message)];
      return { status: 400, headers, body: root('ErrorResponse', [element('Error', error), XmlNode.of('RequestId', requestId)]) };
    },
  };
};

/** The parameters of a request that has an action; other requests are of another protocol. */
function queryParameters(request: ServiceRequest): URLSearchParams | undefined {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (request.method !== 'GET' && !isForm) return undefined;
  const source = isForm ? new TextDecoder().decode(request.body) : request.path.split('?').slice(1).join('?');
  const parameters = new URLSearchParams(source);
  return parameters.has('Action') || parameters.has('Version') ? parameters : undefined;
}

/** Several services speak Query on one path: the credential scope tells them apart, else the version. */
function isForCloudWatch(request: ServiceRequest, parameters: URLSearchParams): boolean {
  const scope = /Credential=[^,\s]*?\/([^/,\s]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1];
  return scope === undefined ? parameters.get('Version') === API_VERSION : scope === 'monitoring';
}

function root(name: string, children: XmlNode[]): string {
  return element(name, children).addAttribute('xmlns', XML_NAMESPACE).toString();
}

function element(name: string, children: XmlNode[]): XmlNode {
  return new XmlNode(name, children);
}

function text(name: string, value: string): XmlNode {
  return element(name, []).addChildNode(new XmlText(value.replace(NOT_XML, '\ufffd')));
}

/** What XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets). */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Members of a list are elements named `member`; a member that is absent has no element. */
function toXml(name: string, value: unknown): XmlNode {
  if (value instanceof Date) return text(name, value.toISOString());
  if (Array.isArray(value))
    return element(
      name,
      value.map((member) => toXml('member', member)),
    );
  if (typeof value !== 'object' || value === null) return text(name, String(value));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return element(
    name,
    members.map(([member, content]) => toXml(member, content)),
  );
}
