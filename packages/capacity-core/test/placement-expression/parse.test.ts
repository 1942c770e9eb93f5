import {
  type PlacementExpression,
  type PlacementExpressionError,
  parsePlacementExpression,
  printPlacementExpression,
} from '../../src/index.js';

function parsed(text: string): PlacementExpression | PlacementExpressionError {
  const outcome = parsePlacementExpression(text);
  return outcome.ok ? outcome.value : outcome.error;
}

function comparison(subject: string, operator: string, ...values: string[]): object {
  return { kind: 'comparison', subject, operator, arguments: values };
}

describe('documented expressions', () => {
  it.each<[string, object]>([
    ['attribute:ecs.instance-type == t2.small', comparison('attribute:ecs.instance-type', 'equals', 't2.small')],
    [
      'attribute:ecs.availability-zone in [us-east-1a, us-east-1b]',
      comparison('attribute:ecs.availability-zone', 'in', 'us-east-1a', 'us-east-1b'),
    ],
    [
      'attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d',
      {
        kind: 'and',
        operands: [
          comparison('attribute:ecs.instance-type', 'matches', 'g2.*'),
          comparison('attribute:ecs.availability-zone', 'not_equals', 'us-east-1d'),
        ],
      },
    ],
    ['task:group == service:production', comparison('task:group', 'equals', 'service:production')],
    ['not(task:group == database)', { kind: 'not', operand: comparison('task:group', 'equals', 'database') }],
    ['runningTasksCount == 1', comparison('runningTasksCount', 'equals', '1')],
    ['agentVersion < 1.14.5', comparison('agentVersion', 'less_than', '1.14.5')],
    ['registeredAt < 2018-02-13', comparison('registeredAt', 'less_than', '2018-02-13')],
    ["ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']", comparison('ec2InstanceId', 'in', 'i-abcd1234', 'i-wxyx7890')],
    [
      '(task:group exists or agentConnected == true) and runningTasksCount > 0',
      {
        kind: 'and',
        operands: [
          { kind: 'or', operands: [comparison('task:group', 'exists'), comparison('agentConnected', 'equals', 'true')] },
          comparison('runningTasksCount', 'greater_than', '0'),
        ],
      },
    ],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toStrictEqual(expected);
  });

  it.each([
    ['==', 'equals', 'b'],
    ['!=', 'not_equals', 'b'],
    ['>', 'greater_than', '1'],
    ['>=', 'greater_than_equal', '1'],
    ['<', 'less_than', '1'],
    ['<=', 'less_than_equal', '1'],
    ['exists', 'exists', ''],
    ['!exists', 'not_exists', ''],
    ['in', 'in', '[b]'],
    ['!in', 'not_in', '[b]'],
    ['=~', 'matches', 'b'],
    ['!~', 'not_matches', 'b'],
  ])('%s is %s', (sign, word, argument) => {
    const values = argument === '' ? [] : [argument.replaceAll(/[[\]]/g, '')];
    expect(parsed(`attribute:a ${sign} ${argument}`)).toStrictEqual(comparison('attribute:a', word, ...values));
    expect(parsed(`attribute:a ${word} ${argument}`)).toStrictEqual(comparison('attribute:a', word, ...values));
    expect(parsed(`attribute:a ${sign}${argument === '' ? '' : ` '${argument}'`}`.replace(/'\[b]'/, '["b"]'))).toStrictEqual(
      comparison('attribute:a', word, ...values),
    );
    expect(printPlacementExpression(parsed(`attribute:a ${word} ${argument}`) as PlacementExpression)).toBe(
      `attribute:a ${sign}${argument === '' ? '' : ` ${argument.replace(/([b1])/, "'$1'")}`}`,
    );
  });

  it.each([
    ['&&', 'and'],
    ['and', 'and'],
    ['||', 'or'],
    ['or', 'or'],
  ])('%s joins by %s', (sign, kind) => {
    const operands = ['a', 'b', 'c'].map((name) => comparison(`attribute:${name}`, 'exists'));
    expect(parsed(`attribute:a exists ${sign} attribute:b exists ${sign}\nattribute:c exists`)).toStrictEqual({ kind, operands });
    expect(parsed(`(attribute:a exists)${sign}(attribute:b exists)${sign}(attribute:c exists)`)).toStrictEqual({ kind, operands });
  });

  it.each(['not attribute:a exists', '!attribute:a exists', '! attribute:a exists', '!(attribute:a exists)', 'not\t(attribute:a exists)'])(
    '%s is a negation',
    (text) => expect(parsed(text)).toStrictEqual({ kind: 'not', operand: comparison('attribute:a', 'exists') }),
  );

  it('takes a negation of a negation', () => {
    expect(printPlacementExpression(parsed('not !not attribute:a exists') as PlacementExpression)).toBe(
      'not (not (not (attribute:a exists)))',
    );
  });

  it.each<[string, string]>([
    ['not (attribute:a exists) and attribute:b exists', 'not (attribute:a exists) and attribute:b exists'],
    ['attribute:a exists and not attribute:b exists', 'attribute:a exists and not (attribute:b exists)'],
    ['((attribute:a exists))', 'attribute:a exists'],
    ['  attribute:a\n==\tb  ', "attribute:a == 'b'"],
    ['attribute:a==b&&attribute:c==d||attribute:e exists'.replace(/\|\|.*/, ''), "attribute:a == 'b' and attribute:c == 'd'"],
    ['attribute:a==b||attribute:c==d', "attribute:a == 'b' or attribute:c == 'd'"],
    [
      'attribute:a=~b.*||attribute:c=~[d,e]{1,2}&&attribute:f exists'.replace(/&&.*/, ''),
      "attribute:a =~ 'b.*' or attribute:c =~ '[d,e]{1,2}'",
    ],
    ['attribute:a =~ x|y and attribute:b exists', "attribute:a =~ 'x|y' and attribute:b exists"],
    ['attribute:a == "it\'s" and attribute:b == \'say "so"\'', 'attribute:a == "it\'s" and attribute:b == \'say "so"\''],
    ["attribute:a == ''", "attribute:a == ''"],
    ["attribute:a == 'a and (b)'", "attribute:a == 'a and (b)'"],
    ['attribute:a == and', "attribute:a == 'and'"],
    ['attribute:a == order and attribute:b exists', "attribute:a == 'order' and attribute:b exists"],
    ['attribute:a in[b,c]and attribute:d exists', "attribute:a in ['b', 'c'] and attribute:d exists"],
    ['attribute:a in [ b , "c d" ]', "attribute:a in ['b', 'c d']"],
    ['attribute:com.example/a_b-c\\d !exists', 'attribute:com.example/a_b-c\\d !exists'],
    [`attribute:${'n'.repeat(128)} exists`, `attribute:${'n'.repeat(128)} exists`],
    [
      '(attribute:a exists or attribute:b exists) and attribute:c exists',
      '(attribute:a exists or attribute:b exists) and attribute:c exists',
    ],
    [
      '(attribute:a exists and attribute:b exists) or attribute:c exists',
      '(attribute:a exists and attribute:b exists) or attribute:c exists',
    ],
    ['attribute:a !~ [x,y]', "attribute:a !~ '[x,y]'"],
    ['registeredAt < 2018-02-13T10:00:00+23:59', "registeredAt < '2018-02-13T10:00:00+23:59'"],
    ['agentConnected in [true, false]', "agentConnected in ['true', 'false']"],
    ['registeredAt >= 2018-06-18T22:28:28+00:00', "registeredAt >= '2018-06-18T22:28:28+00:00'"],
    ['registeredAt >= 2020-02-29T23:59:59-12:30', "registeredAt >= '2020-02-29T23:59:59-12:30'"],
    ['runningTasksCount <= 999999999999999', "runningTasksCount <= '999999999999999'"],
    ['agentVersion == 1.2.3.4', "agentVersion == '1.2.3.4'"],
  ])('%s is read as %s', (text, expected) => {
    expect(printPlacementExpression(parsed(text) as PlacementExpression)).toBe(expected);
  });

  it('takes 2,000 characters and 100 levels', () => {
    const tail = "attribute:a == 'b'";
    expect(parsePlacementExpression(`${' '.repeat(2000 - tail.length)}${tail}`).ok).toBe(true);
    expect(parsePlacementExpression(`${'('.repeat(100)}attribute:a exists${')'.repeat(100)}`).ok).toBe(true);
    expect(parsePlacementExpression(`${'!'.repeat(100)}attribute:a exists`).ok).toBe(true);
  });
});

const SUBJECTS = 'agentConnected, agentVersion, ec2InstanceId, registeredAt, runningTasksCount, task:group';
const TEXT = '==, !=, in, !in, =~, !~';
const ORDERED = '==, !=, >, >=, <, <=';
const EVERY = '==, !=, >, >=, <, <=, exists, !exists, in, !in, =~, !~';
const PARTS = `join expressions with 'and' or 'or', and put text with spaces or parentheses in quotes`;
const VALUE = 'write a value, in quotes if it has spaces or signs';
const DATE = 'use a date such as 2018-06-18, 2018-06-18T22:28:28, 2018-06-18T22:28:28Z or 2018-06-18T22:28:28+00:00';

describe('refusals', () => {
  it.each<[string, PlacementExpressionError['code'], number, string, string]>([
    ['', 'EMPTY', 1, 'the expression is empty', 'write a subject, an operator and an argument'],
    [' \n', 'EMPTY', 1, 'the expression is empty', 'write a subject, an operator and an argument'],
    ['attribute:a = b', 'UNKNOWN_OPERATOR', 13, "unknown operator '='", "use '=='"],
    ['attribute:a === b', 'UNKNOWN_OPERATOR', 13, "unknown operator '==='", "use '=='"],
    ['attribute:a !== b', 'UNKNOWN_OPERATOR', 13, "unknown operator '!=='", "use '!='"],
    ['attribute:a <> b', 'UNKNOWN_OPERATOR', 13, "unknown operator '<>'", "use '!='"],
    ['attribute:a => b', 'UNKNOWN_OPERATOR', 13, "unknown operator '=>'", "use '>='"],
    ['attribute:a =< b', 'UNKNOWN_OPERATOR', 13, "unknown operator '=<'", "use '<='"],
    ['attribute:a ~= b', 'UNKNOWN_OPERATOR', 13, "unknown operator '~='", "use '=~'"],
    ['attribute:a ~ b', 'UNKNOWN_OPERATOR', 13, "unknown operator '~'", "use '=~'"],
    ['attribute:a IN [b]', 'UNKNOWN_OPERATOR', 13, "unknown operator 'IN'", "use 'in'"],
    ['attribute:a !Exists', 'UNKNOWN_OPERATOR', 13, "unknown operator '!Exists'", "use '!exists'"],
    ['attribute:a not in [b]', 'UNKNOWN_OPERATOR', 13, "unknown operator 'not'", "use 'not_in'"],
    ['attribute:a ! in [b]', 'UNKNOWN_OPERATOR', 13, "unknown operator '!'", "use '!in'"],
    ['attribute:a not exists', 'UNKNOWN_OPERATOR', 13, "unknown operator 'not'", "use 'not_exists'"],
    ['attribute:a ! exists', 'UNKNOWN_OPERATOR', 13, "unknown operator '!'", "use '!exists'"],
    ['attribute:a not  matches b', 'UNKNOWN_OPERATOR', 13, "unknown operator 'not'", "use 'not_matches'"],
    ['attribute:a ! = b', 'UNKNOWN_OPERATOR', 13, "unknown operator '!'", "use '!='"],
    ['attribute:a not b', 'UNKNOWN_OPERATOR', 13, "unknown operator 'not'", `use one of ${EVERY}`],
    ['attribute:a is in [b]', 'UNKNOWN_OPERATOR', 13, "unknown operator 'is'", `use one of ${EVERY}`],
    ['attribute:a contains b', 'UNKNOWN_OPERATOR', 13, "unknown operator 'contains'", `use one of ${EVERY}`],
    ['attribute:a constructor b', 'UNKNOWN_OPERATOR', 13, "unknown operator 'constructor'", `use one of ${EVERY}`],
    ['attribute:a', 'UNKNOWN_OPERATOR', 12, 'nothing where an operator is expected', `use one of ${EVERY}`],
    ['attribute:a (', 'UNKNOWN_OPERATOR', 13, "'(' where an operator is expected", `use one of ${EVERY}`],
    ['ec2InstanceId > i', 'OPERATOR_NOT_ALLOWED', 15, "operator '>' is not documented for ec2InstanceId", `use one of ${TEXT}`],
    ['agentConnected exists', 'OPERATOR_NOT_ALLOWED', 16, "operator 'exists' is not documented for agentConnected", `use one of ${TEXT}`],
    ['agentVersion =~ 1.*', 'OPERATOR_NOT_ALLOWED', 14, "operator '=~' is not documented for agentVersion", `use one of ${ORDERED}`],
    ['registeredAt in [1]', 'OPERATOR_NOT_ALLOWED', 14, "operator 'in' is not documented for registeredAt", `use one of ${ORDERED}`],
    [
      'runningTasksCount !exists',
      'OPERATOR_NOT_ALLOWED',
      19,
      "operator '!exists' is not documented for runningTasksCount",
      `use one of ${ORDERED}`,
    ],
    ['task:group < a', 'OPERATOR_NOT_ALLOWED', 12, "operator '<' is not documented for task:group", `use one of ${TEXT}, exists, !exists`],
    ['group == a', 'UNKNOWN_SUBJECT', 1, "unknown subject 'group'", `use ${SUBJECTS} or attribute:name`],
    ['Attribute:a == b', 'UNKNOWN_SUBJECT', 1, "unknown subject 'Attribute:a'", `use ${SUBJECTS} or attribute:name`],
    [`${'x'.repeat(41)} == b`, 'UNKNOWN_SUBJECT', 1, `unknown subject '${'x'.repeat(40)}…'`, `use ${SUBJECTS} or attribute:name`],
    [`${'x'.repeat(40)} == b`, 'UNKNOWN_SUBJECT', 1, `unknown subject '${'x'.repeat(40)}'`, `use ${SUBJECTS} or attribute:name`],
    ['== b', 'UNKNOWN_SUBJECT', 1, "'=' where a subject is expected", `write ${SUBJECTS} or attribute:name`],
    ['attribute:a == b and', 'UNKNOWN_SUBJECT', 21, 'nothing where a subject is expected', `write ${SUBJECTS} or attribute:name`],
    ['not', 'UNKNOWN_SUBJECT', 1, "unknown subject 'not'", `use ${SUBJECTS} or attribute:name`],
    ['()', 'UNKNOWN_SUBJECT', 2, "')' where a subject is expected", `write ${SUBJECTS} or attribute:name`],
    [
      'attribute: == b',
      'UNKNOWN_SUBJECT',
      1,
      "'attribute:' names no attribute",
      'use 1 to 128 letters, digits and - _ . / \\ after attribute:',
    ],
    [
      'attribute:a:b exists',
      'UNKNOWN_SUBJECT',
      1,
      "'attribute:a:b' names no attribute",
      'use 1 to 128 letters, digits and - _ . / \\ after attribute:',
    ],
    ['attribute:a ==', 'MISSING_ARGUMENT', 15, 'nothing where an argument is expected', VALUE],
    ['attribute:a == )', 'MISSING_ARGUMENT', 16, "')' where an argument is expected", VALUE],
    ['attribute:a == =b', 'MISSING_ARGUMENT', 16, "'=' where an argument is expected", VALUE],
    ['attribute:a == !b', 'MISSING_ARGUMENT', 16, "'!' where an argument is expected", VALUE],
    ['attribute:a =~ |b', 'MISSING_ARGUMENT', 16, "'|' where an argument is expected", VALUE],
    ['attribute:a in [b,]', 'MISSING_ARGUMENT', 19, "']' where an argument is expected", VALUE],
    ['attribute:a in []', 'MISSING_ARGUMENT', 17, "']' where an argument is expected", VALUE],
    ['attribute:a in', 'MISSING_ARGUMENT', 15, "'in' without a list", 'write [first, second]'],
    ['attribute:a not_in b', 'INVALID_ARGUMENT', 20, "'not_in' without a list", 'write [first, second]'],
    ['attribute:a == [b]', 'INVALID_ARGUMENT', 16, 'a list where one argument is expected', "use 'in', or put the text in quotes"],
    ['attribute:a =~ (b|c)', 'INVALID_ARGUMENT', 16, 'a parenthesis in an argument', 'put the argument in quotes'],
    ['agentConnected == yes', 'INVALID_ARGUMENT', 19, "'yes' is no value of agentConnected", 'use true or false'],
    ["agentConnected in [true, 'no']", 'INVALID_ARGUMENT', 27, "'no' is no value of agentConnected", 'use true or false'],
    ['agentVersion > v1.2', 'INVALID_ARGUMENT', 16, "'v1.2' is no value of agentVersion", 'use numbers with dots between, such as 1.14.5'],
    ['agentVersion > 1.2.', 'INVALID_ARGUMENT', 16, "'1.2.' is no value of agentVersion", 'use numbers with dots between, such as 1.14.5'],
    [
      'agentVersion > 1.2.3.4.5',
      'INVALID_ARGUMENT',
      16,
      "'1.2.3.4.5' is no value of agentVersion",
      'use numbers with dots between, such as 1.14.5',
    ],
    ['runningTasksCount > -1', 'INVALID_ARGUMENT', 21, "'-1' is no value of runningTasksCount", 'use a whole number, 0 or more'],
    ['runningTasksCount > 1.5', 'INVALID_ARGUMENT', 21, "'1.5' is no value of runningTasksCount", 'use a whole number, 0 or more'],
    ['registeredAt < 2018-02-30', 'INVALID_ARGUMENT', 16, "'2018-02-30' is no value of registeredAt", DATE],
    ['registeredAt < 12018-02-03', 'INVALID_ARGUMENT', 16, "'12018-02-03' is no value of registeredAt", DATE],
    ['registeredAt < 2018-02-03Z', 'INVALID_ARGUMENT', 16, "'2018-02-03Z' is no value of registeredAt", DATE],
    ["attribute:a !~ '*'", 'INVALID_PATTERN', 17, "'*' with nothing to repeat", 'write \\* for the sign itself'],
    ['registeredAt < 2018-2-3', 'INVALID_ARGUMENT', 16, "'2018-2-3' is no value of registeredAt", DATE],
    ['registeredAt < 2018-02-13T24:00:00', 'INVALID_ARGUMENT', 16, "'2018-02-13T24:00:00' is no value of registeredAt", DATE],
    ['registeredAt < 2018-02-13T10:00:00+24:00', 'INVALID_ARGUMENT', 16, "'2018-02-13T10:00:00+24:00' is no value of registeredAt", DATE],
    ['registeredAt < 2018-02-13T10:00:00+01:60', 'INVALID_ARGUMENT', 16, "'2018-02-13T10:00:00+01:60' is no value of registeredAt", DATE],
    ['registeredAt < 0000-00-00', 'INVALID_ARGUMENT', 16, "'0000-00-00' is no value of registeredAt", DATE],
    ["attribute:a == 'b", 'UNCLOSED', 16, "' without an end", "close it with '"],
    ['attribute:a == "b\'', 'UNCLOSED', 16, '" without an end', 'close it with "'],
    ['attribute:a in [b', 'UNCLOSED', 16, "'[' without an end", "close it with ']'"],
    [
      'attribute:a in [b c]',
      'UNEXPECTED_TEXT',
      19,
      "unexpected 'c' in a list",
      'set a comma between arguments, and put text with spaces in quotes',
    ],
    ['((attribute:a exists)', 'UNCLOSED', 1, "'(' without an end", "close it with ')'"],
    ['attribute:a exists)', 'UNEXPECTED_TEXT', 19, "')' without a '('", 'remove it, or open the parenthesis'],
    ['attribute:a == b c', 'UNEXPECTED_TEXT', 18, "unexpected 'c'", PARTS],
    ['attribute:a == b(c', 'UNEXPECTED_TEXT', 17, "unexpected '('", PARTS],
    ['(attribute:a == b c)', 'UNEXPECTED_TEXT', 19, "unexpected 'c'", PARTS],
    ['attribute:a exists AND attribute:b exists', 'UNKNOWN_OPERATOR', 20, "unknown operator 'AND'", "use 'and'"],
    ['(attribute:a exists Or attribute:b exists)', 'UNKNOWN_OPERATOR', 21, "unknown operator 'Or'", "use 'or'"],
    ['attribute:a exists & attribute:b exists', 'UNKNOWN_OPERATOR', 20, "unknown operator '&'", "use '&&'"],
    ['attribute:a exists &&& attribute:b exists', 'UNKNOWN_OPERATOR', 20, "unknown operator '&&&'", "use '&&'"],
    ['attribute:a exists | attribute:b exists', 'UNKNOWN_OPERATOR', 20, "unknown operator '|'", "use '||'"],
    ['attribute:a exists ||| attribute:b exists', 'UNKNOWN_OPERATOR', 20, "unknown operator '|||'", "use '||'"],
    ['attribute:a exists |& attribute:b exists', 'UNEXPECTED_TEXT', 20, "unexpected '|&'", PARTS],
    ['attribute:a exists &| attribute:b exists', 'UNEXPECTED_TEXT', 20, "unexpected '&|'", PARTS],
    [
      'attribute:a exists and attribute:b exists or attribute:c exists',
      'AMBIGUOUS',
      43,
      "'or' after 'and' without parentheses",
      'set parentheses around what belongs together',
    ],
    [
      'attribute:a exists || attribute:b exists && attribute:c exists',
      'AMBIGUOUS',
      42,
      "'and' after 'or' without parentheses",
      'set parentheses around what belongs together',
    ],
    [
      'not attribute:a exists and attribute:b exists',
      'AMBIGUOUS',
      24,
      "'and' after a negation without parentheses",
      'write not (…) around what is negated',
    ],
    [
      '!!attribute:a exists or attribute:b exists',
      'AMBIGUOUS',
      22,
      "'or' after a negation without parentheses",
      'write not (…) around what is negated',
    ],
    ["attribute:a =~ 'x(y'", 'INVALID_PATTERN', 18, "'(' without an end in a pattern", 'close it, or write \\( for the sign itself'],
    ['attribute:a =~ [xy', 'INVALID_PATTERN', 16, "'[' without an end in a pattern", 'close it, or write \\[ for the sign itself'],
    ["attribute:a =~ '(?=x)'", 'UNSUPPORTED_PATTERN', 17, "a group with '?' in a pattern", 'use plain groups, or (?:…)'],
  ])('%s', (text, code, position, problem, remedy) => {
    expect(parsed(text)).toStrictEqual({ code, position, message: `${problem} at character ${position}; ${remedy}` });
  });

  it('names the length of what is too long', () => {
    expect(parsed(' '.repeat(2001))).toStrictEqual({
      code: 'TOO_LONG',
      position: 2001,
      message: 'the expression has 2001 characters and goes on at character 2001; use 2000 at the most',
    });
  });

  it.each([
    `${'('.repeat(101)}attribute:a exists${')'.repeat(101)}`,
    `${'!'.repeat(101)}attribute:a exists`,
    '('.repeat(2000),
    '!'.repeat(2000),
  ])('refuses more than 100 levels: %.3s…', (text) => {
    expect(parsed(text)).toStrictEqual({
      code: 'TOO_DEEP',
      position: 102,
      message: 'more than 100 levels of nesting at character 102; write the expression flatter',
    });
  });
});
