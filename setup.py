"""Makes the installable package, and serves Beam's --setup_file."""

from pathlib import Path

from setuptools import find_packages, setup

setup(
    name="wirestories",
    version="0.1.0",
    description="Tells apart the copies of an agency story that many outlets print, and says whose copy each is.",
    long_description=Path(__file__).with_name("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    license_files=["LICENSE"],
    python_requires=">=3.11,<3.15",
    packages=find_packages(include=["pipeline*", "schemas*", "transforms*"]),
    package_data={
        "pipeline": ["**/*.css", "**/*.html", "**/*.toml"],
        "schemas": ["json/*.json"],
        "transforms": ["**/*.html", "**/*.json", "**/*.toml"],
    },
    install_requires=[
        "apache-beam>=2.77,<2.78",
        "beautifulsoup4>=4.13",
        "brotli>=1.2",
        "charset-normalizer>=3.4",
        "fastwarc>=2",
        "langdetect>=1.0.9",
        "msgspec>=0.20",
        "numpy>=2",
        "pyarrow>=18",
        "selectolax>=1",
        "simhash>=2.1.2",
        "soupsieve>=2.6",
        "tzdata>=2024.1",
        "zstandard>=0.23",
    ],
    extras_require={"test": ["hypothesis>=6", "jsonschema>=4", "pytest>=8", "pytest-xdist>=3.6", "setuptools>=77"]},
    entry_points={"console_scripts": ["wirestories = pipeline.cli:main"]},
)
