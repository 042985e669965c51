// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "hello",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "HelloServer", dependencies: [.product(name: "Hummingbird", package: "hummingbird")])
    ]
)
