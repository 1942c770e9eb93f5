// A test environment with puppeteer in it: an ES module, which Jest's own loader does not take but Node's does.
const { TestEnvironment } = require('jest-environment-node');
const { default: puppeteer } = require('puppeteer-core');

module.exports = class BrowserEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.puppeteer = puppeteer;
  }
};
