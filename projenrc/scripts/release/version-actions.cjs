// How nx reads and writes the versions of this repository: it reads none and writes none.
//
// Every manifest says 0.0.0 for good; the version of a release comes from git's tags and commits, and is written into the tarballs
// alone (manifest.mjs). nx asks for this class by `release.version.versionActions` in nx.json.
const { VersionActions } = require('nx/release');

module.exports = class TagsOnly extends VersionActions {
  validManifestFilenames = ['package.json'];

  async readCurrentVersionFromSourceManifest() {
    return { currentVersion: '0.0.0', manifestPath: 'package.json' };
  }

  async readCurrentVersionFromRegistry() {
    return null;
  }

  async readCurrentVersionOfDependency() {
    return { currentVersion: null, dependencyCollection: null };
  }

  async updateProjectVersion() {
    return [];
  }

  async updateProjectDependencies() {
    return [];
  }
};
